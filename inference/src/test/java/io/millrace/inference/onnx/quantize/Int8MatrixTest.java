package io.millrace.inference.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.onnx.proto.OnnxTensors;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int8MatrixTest {
    private static final int ROWS = 20;
    private static final int COLUMNS = 7;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyNumberComesBackWithinHalfAStepOfItsColumn(long seed) throws NotQuantizableException {
        float[] weights = SmallClassifier.numbers(new Random(seed), ROWS * COLUMNS);

        Int8Matrix matrix = Int8Matrix.perColumn("w", OnnxTensors.floats("w", weights, ROWS, COLUMNS), false);

        byte[] values = matrix.values().getRawData().toByteArray();
        float[] scales = OnnxTensors.floats(matrix.scales());
        assertThat(scales).hasSize(COLUMNS);
        for (int i = 0; i < weights.length; i++) {
            float scale = scales[i % COLUMNS];
            assertThat(values[i] * scale).isCloseTo(weights[i], within(scale * 0.5001f));
        }
    }

    @Test
    void transposedWeightsGiveTheSameAsThoseThatLieStraight() throws NotQuantizableException {
        float[] straight = SmallClassifier.numbers(new Random(4), ROWS * COLUMNS);
        float[] turned = new float[straight.length];
        for (int i = 0; i < straight.length; i++) {
            turned[i % COLUMNS * ROWS + i / COLUMNS] = straight[i];
        }

        Int8Matrix matrix = Int8Matrix.perColumn("w", OnnxTensors.floats("w", turned, COLUMNS, ROWS), true);

        assertThat(matrix)
                .isEqualTo(Int8Matrix.perColumn("w", OnnxTensors.floats("w", straight, ROWS, COLUMNS), false));
    }

    @Test
    void aColumnOfZerosStaysZeroAndTheLargestNumbersAreKeptWhole() throws NotQuantizableException {
        float[] weights = {0, -2, 0, 1, 0, 2};

        Int8Matrix matrix = Int8Matrix.perColumn("w", OnnxTensors.floats("w", weights, 3, 2), false);

        assertThat(matrix.values().getRawData().toByteArray()).containsExactly(0, -127, 0, 64, 0, 127);
        assertThat(OnnxTensors.floats(matrix.scales())).containsExactly(0, 2 / 127f);
    }

    @Test
    void rowsOfATableHaveScalesOfTheirOwn() throws NotQuantizableException {
        float[] table = {1, -0.5f, 100, 25};

        Int8Matrix matrix = Int8Matrix.perRow("t", OnnxTensors.floats("t", table, 2, 2));

        assertThat(matrix.values().getRawData().toByteArray()).containsExactly(127, -63, 127, 32);
        assertThat(matrix.scales().getDimsList()).containsExactly(2L, 1L);
    }
}
