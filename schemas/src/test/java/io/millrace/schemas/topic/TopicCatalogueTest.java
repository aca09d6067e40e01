package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

    private static final List<TopicSpec> FRAUD = TopicCatalogue.pipeline("fraud", "transactions", "feedback", 6);

    @Test
    void listsEachTopicOnce() {
        List<TopicSpec> all = new ArrayList<>(TopicCatalogue.model());
        all.addAll(FRAUD);

        assertThat(all)
                .extracting(TopicSpec::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(
                        "model-versions",
                        "model-chunks",
                        "model-roles",
                        "model-status",
                        "training-runs",
                        "dead-letters",
                        "transactions",
                        "feedback",
                        "fraud.scores",
                        "fraud.alerts",
                        "fraud.examples",
                        "fraud.orphans",
                        "fraud.metrics",
                        "fraud.activations",
                        "fraud.label-routes");
    }

    @Test
    void hasNoLabelTopicForAPipelineWithoutLabels() {
        assertThat(TopicCatalogue.pipeline("fraud", "transactions", null, 1))
                .extracting(TopicSpec::name)
                .doesNotContain("feedback")
                .contains("transactions", "fraud.scores");
    }

    @Test
    void keepsTheLastRecordOfEachPointOfTheFeedForAYear() {
        TopicSpec feed = TopicCatalogue.feed("sentiment", 3);

        assertThat(feed.name()).isEqualTo("sentiment.feed");
        assertThat(feed.partitions()).isEqualTo(3);
        assertThat(feed.settings())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry(
                        "retention.ms", Long.toString(Duration.ofDays(365).toMillis()))
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void neverForgetsByTheTimeOfAnEvent() {
        List<TopicSpec> all = new ArrayList<>(TopicCatalogue.model());
        all.addAll(FRAUD);

        assertThat(all)
                .filteredOn(spec -> spec.retention() != null)
                .isNotEmpty()
                .allSatisfy(
                        spec -> assertThat(spec.settings()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void keepsModelsTrainingSetAndActivationsForEver() {
        for (String name : List.of("fraud.examples", "fraud.activations")) {
            assertThat(spec(FRAUD, name).settings())
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("retention.bytes", "-1");
        }
        assertThat(TopicCatalogue.model("model-chunks").settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        for (String name : List.of("model-versions", "model-roles", "model-status")) {
            assertThat(TopicCatalogue.model(name).settings()).containsEntry("cleanup.policy", "compact");
            assertThat(TopicCatalogue.model(name).partitions()).isOne();
        }
    }

    @Test
    void leavesTheUsersRecordsTheirTime() {
        assertThat(spec(FRAUD, "transactions").settings())
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("retention.ms", "-1");
        assertThat(spec(FRAUD, "feedback").settings())
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("retention.ms", "-1");
    }

    @Test
    void scalesWhatGrowsWithTheLoad() {
        for (String name :
                List.of("transactions", "feedback", "fraud.scores", "fraud.examples", "fraud.label-routes")) {
            assertThat(spec(FRAUD, name).partitions()).as(name).isEqualTo(6);
        }
    }

    @Test
    void takesDeadLettersOfSixteenMebibytes() {
        assertThat(TopicCatalogue.model("dead-letters").settings()).containsEntry("max.message.bytes", "16777216");
    }

    @Test
    void saysHowToCreateATopicByHand() {
        assertThat(spec(FRAUD, "fraud.scores").createCommand())
                .isEqualTo("kafka-topics.sh --bootstrap-server BROKER:9092 --create --topic fraud.scores --partitions 6"
                        + " --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime"
                        + " --config retention.ms=604800000");
    }

    @Test
    void refusesWhatKafkaWouldRefuse() {
        assertThatThrownBy(() -> TopicCatalogue.pipeline("my fraud", "transactions", null, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("my fraud.scores");
        assertThatThrownBy(() -> TopicCatalogue.pipeline("fraud", "transactions", null, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 partition, was 0");
        assertThatThrownBy(() ->
                        new TopicSpec("roles", "model", "roles", 1, Cleanup.COMPACT, Duration.ofDays(1), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT24H");
    }

    private static TopicSpec spec(List<TopicSpec> specs, String name) {
        return specs.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
