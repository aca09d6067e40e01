package io.millrace.trainer.gradient.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TargetsTest {
    private final Targets targets = new Targets(new int[] {0, 0, 0, 1, 1}, new double[] {1, 1, 2, 4, 9}, 2);
    private final int[] learned = {0, 1, 2, 3};

    @Test
    void weightsAreScaledToAMeanOfOneOverWhatIsLearned() {
        assertThat(targets.scaled(learned, false).weights())
                .containsExactly(new double[] {0.5, 0.5, 1, 2, 4.5}, within(1e-12));
    }

    @Test
    void balancedClassesWeighTheSameTogether() {
        double[] weights = new Targets(new int[] {0, 0, 0, 1}, new double[] {1, 1, 1, 1}, 2)
                .scaled(learned, true)
                .weights();

        assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(weights[3], within(1e-12));
        assertThat(weights[0] + weights[1] + weights[2] + weights[3]).isCloseTo(4, within(1e-12));
    }

    @Test
    void whatAModelAnsweredTakesThePlaceOfTheClass() {
        Targets answered = targets.answered(new int[] {1, 4}, new float[][] {{0.25f, 0.75f}, {0.5f, 0.5f}});

        assertThat(answered.share(1, 1)).isEqualTo(0.75);
        assertThat(answered.share(4, 0)).isEqualTo(0.5);
        assertThat(answered.share(0, 0)).isEqualTo(1);
        assertThat(answered.share(0, 1)).isZero();
        assertThat(answered.scaled(learned, false).share(1, 0)).isEqualTo(0.25);
    }
}
