package io.millrace.inference.onnx;

import io.millrace.inference.text.TextEncoder;
import java.util.Set;

/**
 * What a loaded model of texts has beside its session.
 *
 * <p>Lifecycle: the model closes the encoder.
 *
 * @param names the graph's inputs, of those that texts can fill
 */
record TextInputs(TextEncoder encoder, Set<String> names) {
    TextInputs {
        names = Set.copyOf(names);
    }
}
