package io.millrace.stream.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.FeedPoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedJsonTest {
    private static final FeedPoint POINT = new FeedPoint(
            "A \"quoted\" subject",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T01:00:00Z"),
            "sentiment",
            3,
            0.25,
            -0.125,
            9L,
            8L,
            0.625,
            0.375,
            1.0e-5,
            false,
            2);

    @Test
    void writesOneLine() {
        assertThat(new FeedJson().line(POINT))
                .isEqualTo("{\"subject\":\"A \\\"quoted\\\" subject\",\"from\":\"2026-01-01T00:00:00Z\","
                        + "\"to\":\"2026-01-01T01:00:00Z\",\"window\":\"PT1H\",\"model\":\"sentiment\",\"version\":3,"
                        + "\"mean\":0.25,\"decayedMean\":-0.125,\"volume\":9,\"distinct\":8,\"positive\":0.625,"
                        + "\"negative\":0.375,\"disagreement\":1.0E-5,\"revision\":2}");
    }

    @Test
    void readsWhatItWrote() {
        FeedPoint sampled = FeedPoint.newBuilder(POINT).setSampled(true).build();
        FeedJson json = new FeedJson();

        assertThat(FeedJson.read(json.line(POINT).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(POINT);
        assertThat(FeedJson.read(json.line(sampled).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(sampled);
    }

    @Test
    void refusesWhatIsNoPoint() {
        for (String line : new String[] {"{}", "no", "{\"subject\":1}", ""}) {
            assertThatThrownBy(() -> FeedJson.read(line.getBytes(StandardCharsets.UTF_8)))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
