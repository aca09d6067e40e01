package io.millrace.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextQualityTest {

    @Test
    void judgesBothClassesAlikeInTheBalancedAccuracy() {
        float[][] answers = {{0.1f, 0.9f}, {0.2f, 0.8f}, {0.3f, 0.7f}, {0.4f, 0.6f}};

        TextQuality quality = TextQuality.of(answers, new int[] {1, 1, 1, 0});

        assertThat(quality.texts()).isEqualTo(4);
        assertThat(quality.accuracy()).isEqualTo(0.75);
        assertThat(quality.balancedAccuracy()).isEqualTo(0.5);
        assertThat(quality.brier()).isCloseTo((0.01 + 0.04 + 0.09 + 0.36) / 4, within(1e-6));
        assertThat(quality.calibrationError()).isCloseTo((0.1 + 0.2 + 0.3 + 0.6) / 4, within(1e-6));
    }
}
