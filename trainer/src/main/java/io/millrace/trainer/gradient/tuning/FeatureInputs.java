package io.millrace.trainer.gradient.tuning;

import io.millrace.inference.onnx.HostTensor;
import io.millrace.trainer.data.TrainingRows;
import java.util.Map;

/**
 * Rows of features.
 *
 * <p>Threading: immutable as long as nobody writes into the rows.
 *
 * @param input the graph's input
 */
public record FeatureInputs(String input, TrainingRows rows) implements ModelInputs {

    @Override
    public int size() {
        return rows.rows();
    }

    @Override
    public int length(int example) {
        return 1;
    }

    @Override
    public Map<String, HostTensor> batch(int[] examples, int length) {
        int width = rows.width();
        float[] packed = new float[examples.length * width];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(rows.values(), examples[i] * width, packed, i * width, width);
        }
        return Map.of(input, HostTensor.of(packed, examples.length, width));
    }
}
