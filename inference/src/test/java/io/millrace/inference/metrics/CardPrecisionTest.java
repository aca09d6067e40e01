package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.metrics.CardPrecision.CardRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardPrecisionTest {

    @Test
    void countsCompromisedCardsAmongTheTopOfEachDay() {
        List<CardRow> rows = List.of(
                new CardRow(0, "a", 0.9, true),
                new CardRow(0, "b", 0.8, false),
                new CardRow(0, "c", 0.7, true),
                new CardRow(1, "d", 0.6, true),
                new CardRow(1, "e", 0.5, true));

        // Day 0 finds a of {a, b}; day 1 finds d and e.
        assertThat(CardPrecision.atK(rows, 2)).isEqualTo((0.5 + 1.0) / 2);
    }

    @Test
    void aCardFoundOnceIsNotLookedAtAgain() {
        List<CardRow> rows = List.of(
                new CardRow(0, "a", 0.9, true),
                new CardRow(1, "a", 0.9, true),
                new CardRow(1, "b", 0.2, true),
                new CardRow(1, "c", 0.1, false));

        assertThat(CardPrecision.atK(rows, 1)).isEqualTo(1);
    }

    @Test
    void aCardLookedAtInVainMayBeLookedAtAgain() {
        List<CardRow> rows = List.of(new CardRow(0, "a", 0.9, false), new CardRow(1, "a", 0.9, true));

        assertThat(CardPrecision.atK(rows, 1)).isEqualTo(0.5);
    }

    @Test
    void aCardIsKnownByItsTopScoreAndAnyFraudOfTheDay() {
        List<CardRow> rows = List.of(
                new CardRow(0, "a", 0.9, false), new CardRow(0, "a", 0.1, true), new CardRow(0, "b", 0.5, false));

        assertThat(CardPrecision.atK(rows, 1)).isEqualTo(1);
    }

    @Test
    void fewerCardsThanPlacesStillDivideByAllPlaces() {
        assertThat(CardPrecision.atK(List.of(new CardRow(0, "a", 0.9, true)), 100))
                .isEqualTo(0.01);
    }

    @Test
    void noPlacesAreRefused() {
        assertThatThrownBy(() -> CardPrecision.atK(List.of(), 0)).hasMessageContaining("was 0");
    }
}
