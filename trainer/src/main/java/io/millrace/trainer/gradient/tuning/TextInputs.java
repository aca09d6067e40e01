package io.millrace.trainer.gradient.tuning;

import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.text.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts as encoders of BERT's kind take them.
 *
 * <p>Threading: immutable.
 */
public record TextInputs(List<Tokens> texts) implements ModelInputs {
    private static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    public TextInputs {
        texts = List.copyOf(texts);
    }

    /** The inputs that texts can fill. */
    public Set<String> names() {
        return Set.of(IDS, MASK, TYPES);
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public int length(int example) {
        return texts.get(example).length();
    }

    @Override
    public Map<String, HostTensor> batch(int[] examples, int length) {
        long[] ids = new long[examples.length * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        for (int row = 0; row < examples.length; row++) {
            Tokens tokens = texts.get(examples[row]);
            for (int i = 0; i < tokens.length(); i++) {
                ids[row * length + i] = tokens.ids()[i];
                mask[row * length + i] = 1;
                types[row * length + i] = tokens.types()[i];
            }
        }
        return Map.of(
                IDS, HostTensor.of(ids, examples.length, length),
                MASK, HostTensor.of(mask, examples.length, length),
                TYPES, HostTensor.of(types, examples.length, length));
    }
}
