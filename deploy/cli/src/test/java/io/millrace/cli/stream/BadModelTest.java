package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad versions are refused with their reason while the good one goes on, and a good one after them takes over. */
class BadModelTest {
    private static final ModelRef FIRST = new ModelRef("fraud", 1);

    @TempDir
    private Path folder;

    @Test
    void aBadModelIsRefusedWithItsReasonWhileTheOldOneGoesOn() {
        long openBefore = LoadedModel.openSessions();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            try (StreamApp app = StreamFixture.app(
                    servers, folder.resolve("state"), StreamFixture.pipeline(1, 64, Duration.ofMillis(5)))) {
                app.start();
                StreamFixture.publish(servers, StreamFixture.bundle(1));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> app.serving("fraud").equals(Optional.of(FIRST)));

                Map<Integer, String> expected = new HashMap<>();
                badVersions()
                        .forEach((reason, draft) -> expected.put(
                                StreamFixture.publish(servers, draft).getVersion(), reason));

                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(refusals(topics)).hasSameSizeAs(expected));
                refusals(topics)
                        .forEach((version, reason) ->
                                assertThat(reason).as("version %d", version).startsWith(expected.get(version)));
                assertThat(app.serving("fraud")).contains(FIRST);
                StreamFixture.send(servers, 0, 10);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> topics.readAll(StreamFixture.SCORES).size() == 10);
                assertThat(ScoreLog.read(topics).scores()).allMatch(score -> score.getVersion() == 1);

                int good =
                        StreamFixture.publish(servers, StreamFixture.bundle(2)).getVersion();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> app.serving("fraud").equals(Optional.of(new ModelRef("fraud", good))));
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () -> assertThat(LoadedModel.openSessions()).isEqualTo(openBefore + 1));
            }
        }
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    private static Map<String, VersionDraft> badVersions() {
        Bundle good = StreamFixture.bundle(1);
        byte[] model = good.model();
        int width = StreamFixture.FEATURES.size();
        FeatureSet other = new FeatureSet("other", "UTC", List.of(new FieldFeature("AMOUNT", "amount")));
        Map<String, VersionDraft> bad = new LinkedHashMap<>();
        bad.put("HASH_MISMATCH", draft(good, StreamFixture.graph(width, "Sigmoid", 3)));
        bad.put("NOT_ONNX", draft(StreamFixture.bundle(StreamFixture.FEATURES, Arrays.copyOf(model, 40), List.of())));
        bad.put("UNSUPPORTED_OPERATOR", draft(bundle(StreamFixture.graph(width, "NoSuchOperator", 1))));
        bad.put("WRONG_SIGNATURE", draft(bundle(StreamFixture.graph(width + 1, "Sigmoid", 1))));
        bad.put("NOT_FINITE", draft(bundle(StreamFixture.graph(width, "Log", 1))));
        bad.put(
                "GOLDEN_MISMATCH",
                draft(StreamFixture.bundle(
                        StreamFixture.FEATURES,
                        model,
                        List.of(new GoldenSample(List.of(1.0, 1.0, 1.0), null, List.of(0.9, 0.1))))));
        bad.put(
                "FEATURE_SET_MISMATCH",
                draft(StreamFixture.bundle(other, StreamFixture.graph(1, "Sigmoid", 1), List.of())));
        return bad;
    }

    private static Bundle bundle(byte[] graph) {
        return StreamFixture.bundle(StreamFixture.FEATURES, graph, List.of());
    }

    private static VersionDraft draft(Bundle bundle) {
        return new VersionDraft("fraud", bundle.manifestYaml(), bundle.blobs());
    }

    private static VersionDraft draft(Bundle bundle, byte[] otherModel) {
        return new VersionDraft("fraud", bundle.manifestYaml(), Map.of(Bundle.MODEL_BLOB, otherModel));
    }

    private static Map<Integer, String> refusals(TestTopics topics) {
        var codec = StreamFixture.codec(ModelStatus.class);
        Map<Integer, String> reasons = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(TopicCatalogue.MODEL_STATUS)) {
            ModelStatus status = codec.decode(record.value());
            if (status.getState() == ModelState.REFUSED) {
                reasons.put(status.getVersion(), status.getReason());
            }
        }
        return reasons;
    }
}
