package io.millrace.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

    @ParameterizedTest(name = "too sure by a factor of {0}")
    @ValueSource(doubles = {0.5, 1, 3})
    void findsHowMuchTooSureAClassifierIs(double factor) {
        Random random = new Random(4);
        float[][] probabilities = new float[20_000][];
        int[] labels = new int[probabilities.length];
        for (int row = 0; row < labels.length; row++) {
            double logit = random.nextGaussian() * 2;
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            float said = (float) (1 / (1 + Math.exp(-factor * logit)));
            probabilities[row] = new float[] {1 - said, said};
        }

        assertThat(Temperature.fit(probabilities, labels).value()).isCloseTo(factor, within(0.06 * factor));
    }

    @Test
    void aSureMistakeWithAProbabilityOfZeroIsStillFinite() {
        float[][] probabilities = {{0, 1}, {1, 0}, {0, 1}};

        assertThat(Temperature.fit(probabilities, new int[] {1, 1, 1}).value()).isBetween(1.0, 20.1);
    }
}
