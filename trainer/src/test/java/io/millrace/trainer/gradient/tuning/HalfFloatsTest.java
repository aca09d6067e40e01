package io.millrace.trainer.gradient.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {

    @Test
    void everyHalfSurvivesTheWayThroughAFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            boolean finite = ((bits >> 10) & 31) != 31;
            if (finite) {
                assertThat(HalfFloats.of(HalfFloats.toFloat((short) bits)))
                        .as(Integer.toHexString(bits))
                        .isEqualTo((short) bits);
            }
        }
    }

    @Test
    void noHalfIsNearerThanTheOneThatWasChosen() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 100_000; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
            short half = HalfFloats.of(value);
            double error = Math.abs((double) HalfFloats.toFloat(half) - value);
            for (int step = -1; step <= 1; step += 2) {
                int neighbour = (half & 0x7fff) + step;
                if (neighbour >= 0 && neighbour <= 0x7bff) {
                    float near = HalfFloats.toFloat((short) ((half & 0x8000) | neighbour));
                    assertThat(error).isLessThanOrEqualTo(Math.abs((double) near - value));
                }
            }
        }
    }

    @Test
    void whatIsTooLargeBecomesTheLargest() {
        assertThat(HalfFloats.toFloat(HalfFloats.of(1e9f))).isEqualTo(65_504);
        assertThat(HalfFloats.toFloat(HalfFloats.of(Float.NEGATIVE_INFINITY))).isEqualTo(-65_504);
        assertThat(HalfFloats.toFloat(HalfFloats.of(Float.NaN))).isNaN();
    }
}
