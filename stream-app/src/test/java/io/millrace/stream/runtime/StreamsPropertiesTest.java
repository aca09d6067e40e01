package io.millrace.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private static final String LINGER = "producer.linger.ms";

    @Test
    void waitsForFullerBatchesOnlyAsLongAsNobodySeesThem() {
        assertThat(of(Guarantee.EXACTLY_ONCE, 100, Map.of())).containsEntry(LINGER, 25);
        assertThat(of(Guarantee.EXACTLY_ONCE, 10, Map.of())).containsEntry(LINGER, 5);
        assertThat(of(Guarantee.AT_LEAST_ONCE, 100, Map.of())).containsEntry(LINGER, 5);
    }

    @Test
    void whatTheUserSaysWins() {
        assertThat(of(Guarantee.EXACTLY_ONCE, 100, Map.of(LINGER, 1))).containsEntry(LINGER, 1);
    }

    @Test
    void whatTheUserSaysOfAllClientsWinsToo() {
        Properties properties = of(Guarantee.EXACTLY_ONCE, 100, Map.of("linger.ms", 1, "session.timeout.ms", 5_000));

        assertThat(properties)
                .containsEntry("linger.ms", 1)
                .containsEntry("session.timeout.ms", 5_000)
                .doesNotContainKeys(LINGER, "main.consumer.session.timeout.ms");
    }

    @Test
    void whatTheUserSaysOfAllConsumersWinsToo() {
        Properties properties = of(Guarantee.EXACTLY_ONCE, 100, Map.of("consumer.session.timeout.ms", 5_000));

        assertThat(properties)
                .containsEntry("consumer.session.timeout.ms", 5_000)
                .containsEntry("main.consumer.group.instance.id", "one")
                .doesNotContainKey("main.consumer.session.timeout.ms");
    }

    @Test
    void whatTheUserSaysOfTheMainConsumerStaysBesideWhatIsSaidOfAll() {
        Map<String, Object> kafka =
                Map.of("consumer.session.timeout.ms", 5_000, "main.consumer.session.timeout.ms", 7_000);

        assertThat(of(Guarantee.EXACTLY_ONCE, 100, kafka)).containsEntry("main.consumer.session.timeout.ms", 7_000);
    }

    private static Properties of(Guarantee guarantee, int commitMillis, Map<String, Object> kafka) {
        InputConfig input = InputConfig.of("in", null, "id", "time", null, null, null, null, null);
        PipelineConfig pipeline =
                PipelineConfig.of("p", input, null, null, null, null, null, null, null, null, null, null);
        StreamConfig stream =
                StreamConfig.of(null, guarantee, Duration.ofMillis(commitMillis), null, null, null, null, null);
        return StreamsProperties.of(pipeline, stream, kafka, "one", Path.of("state"));
    }
}
