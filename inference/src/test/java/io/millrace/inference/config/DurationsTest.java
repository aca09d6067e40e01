package io.millrace.inference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "5ms, PT0.005S",
        "2s, PT2S",
        "1m, PT1M",
        "12h, PT12H",
        "7d, PT168H",
        "7 D, PT168H",
        "250us, PT0.00025S",
        "0s, PT0S",
        "PT5M, PT5M",
        "P1D, PT24H"
    })
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-5ms", "5 minutes", "1.5s", "5ms5", "999999999999999d"})
    void refusesAnythingElseAndShowsHowToWriteIt(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration")
                .hasMessageContaining("5ms, 2s, 1m, 12h or 7d");
    }

    @Test
    void writesTheLargestUnitThatDivides() {
        assertThat(List.of(
                        Durations.format(Duration.ofMillis(5)),
                        Durations.format(Duration.ofMillis(1_500)),
                        Durations.format(Duration.ofSeconds(90)),
                        Durations.format(Duration.ofHours(36)),
                        Durations.format(Duration.ofDays(7)),
                        Durations.format(Duration.ZERO)))
                .containsExactly("5ms", "1500ms", "90s", "36h", "7d", "0s");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42})
    void readsBackWhatItWrites(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            long nanosPerUnit = List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L)
                    .get(random.nextInt(5));
            Duration duration = Duration.ofNanos(random.nextLong(-100, 100_000) * nanosPerUnit);

            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
