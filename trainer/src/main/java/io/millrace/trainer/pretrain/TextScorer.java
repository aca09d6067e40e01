package io.millrace.trainer.pretrain;

import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.Tokens;
import io.millrace.trainer.gradient.tuning.Batches;
import io.millrace.trainer.gradient.tuning.TextInputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Some texts, ready to be asked about by graphs: in batches of about equal length, always the same ones.
 *
 * <p>Threading: immutable. Lifecycle: a session is closed before a method returns.
 */
final class TextScorer {
    private static final int BATCH = 32;

    private final TextInputs inputs;
    private final List<int[]> batches;

    private TextScorer(TextInputs inputs) {
        this.inputs = inputs;
        batches = Batches.sorted(inputs, BATCH);
    }

    static TextScorer of(TextEncoder encoder, List<String> texts) {
        List<Tokens> tokens = new ArrayList<>();
        texts.forEach(text -> tokens.add(encoder.encode(text)));
        return new TextScorer(new TextInputs(tokens));
    }

    /** The texts as graphs take them. */
    TextInputs inputs() {
        return inputs;
    }

    /**
     * What a graph says of each text, in the order of the texts.
     *
     * @param output a float32 output of the graph with a row per text
     */
    float[][] rows(byte[] model, String output) {
        float[][] rows = new float[inputs.size()][];
        try (GraphSession session = GraphSession.open(model)) {
            for (int[] batch : batches) {
                HostTensor result = session.run(inputs.batch(batch, inputs.longest(batch)), output);
                float[] elements = result.requireFloats();
                int width = elements.length / batch.length;
                for (int i = 0; i < batch.length; i++) {
                    rows[batch[i]] = new float[width];
                    System.arraycopy(elements, i * width, rows[batch[i]], 0, width);
                }
            }
        }
        return rows;
    }
}
