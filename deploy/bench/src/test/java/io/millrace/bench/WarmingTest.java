package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmingTest {
    @Test
    void endsWhenThreeInARowGetNotNotablyBetter() {
        assertThat(rounds(12, 10, 20, 20.5, 30, 31, 29, 30)).isEqualTo(7);
    }

    @Test
    void endsAfterTheMostRoundsHoweverMuchBetterTheyGet() {
        assertThat(rounds(3, 10, 20, 40, 80, 160)).isEqualTo(3);
    }

    private static int rounds(int most, double... values) {
        Warming warming = new Warming(most);
        int round = 0;
        while (warming.goesOn()) {
            warming.round(values[round++]);
        }
        return round;
    }
}
