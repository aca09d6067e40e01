package io.millrace.stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.StrictYaml;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedConfigTest {
    @Test
    void hasDefaultsForAllButTheSubject() {
        FeedConfig config = read("subject: ticker");

        assertThat(config)
                .isEqualTo(new FeedConfig(
                        "ticker",
                        List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1)),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofDays(7),
                        20_000));
    }

    @Test
    void readsEveryKey() {
        FeedConfig config = read(
                "{subject: about.product, windows: [1h, 1m, 1h], half-life: 30m, grace: 0s, kept: 1d, texts: 500}");

        assertThat(config)
                .isEqualTo(new FeedConfig(
                        "about.product",
                        List.of(Duration.ofMinutes(1), Duration.ofHours(1)),
                        Duration.ofMinutes(30),
                        Duration.ZERO,
                        Duration.ofDays(1),
                        500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "windows: [1h] | subject",
                "{subject: s, windows: []} | number of windows must be from 1 to 8, was 0",
                "{subject: s, windows: [10ms]} | windows must be from 1s to 366d, was 10ms",
                "{subject: s, half-life: 1m} | half-life must be at least a 40th of the longest window, 1d, was 1m",
                "{subject: s, grace: 8d} | kept must be from 8d to 366d, was 7d",
                "{subject: s, texts: 1} | texts must be from 100 to 1000000, was 1",
                "{subject: s, every: 1s} | every"
            })
    void refusesWhatCannotBe(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(message);
    }

    private static FeedConfig read(String yaml) {
        return StrictYaml.read(yaml, FeedConfig.class, "test");
    }
}
