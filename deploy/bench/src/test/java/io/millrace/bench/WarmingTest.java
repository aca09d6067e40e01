package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmingTest {
    @Test
    void endsWhenThreeInARowGetNotNotablyBetter() throws Exception {
        assertThat(rounds(12, 10, 20, 20.5, 30, 31, 29, 30)).containsExactly(10.0, 20.0, 20.5, 30.0, 31.0, 29.0, 30.0);
    }

    @Test
    void endsAfterTheMostRoundsHoweverMuchBetterTheyGet() throws Exception {
        assertThat(rounds(3, 10, 20, 40, 80, 160)).containsExactly(10.0, 20.0, 40.0);
    }

    @Test
    void answersTheBestRound() throws Exception {
        assertThat(Warming.best(4, round -> new double[] {10, 31, 29, 30}[round]))
                .isEqualTo(31);
        assertThat(Warming.best(0, round -> 1)).isZero();
    }

    private static List<Double> rounds(int most, double... values) throws InterruptedException {
        List<Double> run = new ArrayList<>();
        Warming.best(most, round -> {
            run.add(values[round]);
            return values[round];
        });
        return run;
    }
}
