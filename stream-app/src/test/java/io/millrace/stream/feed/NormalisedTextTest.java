package io.millrace.stream.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Great phone | GREAT   phone",
                "Great phone! | Great phone!!!",
                "I love it | RT @someone: I love it https://t.co/x1y2",
                "I love it | @a @b_2 I love it www.example.com/q?x=1",
                "Straße | STRASSE",
                "ﬁne | fine",
                "Ｌｏｖｅ it | love it",
                "lo\u200bve | love",
                "a\tb\u00a0c | a b c",
                "wait... | wait…"
            })
    void takesTextsThatDifferOnlyInFormForTheSame(String one, String other) {
        assertThat(NormalisedText.hash(one)).isEqualTo(NormalisedText.hash(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good :) | good :(",
                "good 😀 | good 😡",
                "really? | really!",
                "not good | good",
                "write to me@example.com | write to you@example.com"
            })
    void keepsWhatMayChangeTheSentiment(String one, String other) {
        assertThat(NormalisedText.hash(one)).isNotEqualTo(NormalisedText.hash(other));
    }

    @Test
    void leavesReadableText() {
        assertThat(NormalisedText.of("  RT @ACME_Inc: BUY now!!!  https://x.y/z  😀 "))
                .isEqualTo("buy now! 😀");
        assertThat(NormalisedText.of("https://x.y @me\u0000")).isEmpty();
    }

    @Test
    void reads1MegabyteOfAnyCharacter() {
        assertThat(NormalisedText.of("@".repeat(1 << 20))).isEqualTo("@");
        assertThat(NormalisedText.of("rt ".repeat(1 << 18))).hasSize(3 * (1 << 18) - 1);
        assertThat(NormalisedText.of("\ud800".repeat(1 << 20))).hasSize(1 << 20);
    }
}
