package io.millrace.stream.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stream.config.SegmentConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
    @ParameterizedTest(name = "{0} lies in {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "-3,<0.5",
                "0.4999,<0.5",
                "0.5,0.5-220",
                "219.99,0.5-220",
                "220,>=220",
                "1e9,>=220",
                "many,none",
                "none,none",
                "NaN,none"
            })
    void namesTheBandOfANumber(@Nullable String value, @Nullable String band) {
        Segments segments = new Segments(new SegmentConfig("amount", List.of(0.5, 220.0)));

        assertThat(segments.of(value)).isEqualTo(band);
    }

    @Test
    void takesAValueItselfAsTheNameAndCutsALongOne() {
        Segments segments = new Segments(new SegmentConfig("country", List.of()));

        assertThat(segments.of("FR")).isEqualTo("FR");
        assertThat(segments.of(" ")).isNull();
        assertThat(segments.of("x".repeat(1_000))).hasSize(40);
    }
}
