package io.millrace.stream.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedSumTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_126})
    void isTheSameToTheLastBitInEveryOrder(long seed) {
        Random random = new Random(seed);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.add((2 * random.nextDouble() - 1) * Math.pow(2, -random.nextInt(40)));
        }
        FixedSum sum = sum(numbers);
        Collections.shuffle(numbers, random);

        FixedSum shuffled = sum(numbers);
        double[] taken = {0.1, -1.0 / 3, Math.PI * 0x1p-38};
        for (double number : taken) {
            shuffled.change(number, 1);
        }
        for (double number : taken) {
            shuffled.change(number, -1);
        }

        assertThat(shuffled.high()).isEqualTo(sum.high());
        assertThat(shuffled.low()).isEqualTo(sum.low());
        assertThat(sum.value())
                .isCloseTo(numbers.stream().mapToDouble(Double::doubleValue).sum(), within(1e-12));
    }

    private static FixedSum sum(List<Double> numbers) {
        FixedSum sum = new FixedSum();
        numbers.forEach(number -> sum.change(number, 1));
        return sum;
    }
}
