package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.text.Tokens;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.tuning.TextInputs;
import io.millrace.trainer.quantize.Int8Export;
import io.millrace.trainer.quantize.Int8Outcome;
import java.util.List;

/**
 * Makes the int8 form of a candidate anew where the champion has one.
 *
 * <p>How fast it is does not decide here: the champion's was faster, and a version must be the same wherever it is made.
 *
 * <p>Threading: stateless. Lifecycle: all native memory is freed before a method returns.
 */
final class Int8Form {
    private Int8Form() {}

    /**
     * @param candidate whose tokenizer reads the texts
     */
    static Int8Outcome of(Bundle draft, LoadedModel candidate, ExampleSet holdOut) {
        List<Tokens> tokens =
                TextScoring.texts(holdOut).stream().map(candidate::encode).toList();
        int[] classes = holdOut.examples().stream().mapToInt(Example::label).toArray();
        // Of a small hold-out a single text weighs more than what may be lost.
        double mostPointsLost = Math.max(Int8Export.MOST_POINTS_LOST, 100.0 / classes.length);
        return new Int8Export(mostPointsLost, () -> 0)
                .export(draft.model(), draft.manifest().output(), new TextInputs(tokens), classes);
    }
}
