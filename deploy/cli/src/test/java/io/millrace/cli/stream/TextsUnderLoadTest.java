package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts through the whole topology, exactly-once, while versions of a transformer take over. */
class TextsUnderLoadTest {
    private static final int VERSIONS = 6;
    private static final int SENT_AT_ONCE = 400;

    @TempDir
    private Path folder;

    @Test
    void eachTextIsScoredOnceInOrderByTheVersionThatItsScoreNames() throws Exception {
        long openBefore = LoadedModel.openSessions();
        List<double[]> answers = new ArrayList<>();
        for (int version = 1; version <= VERSIONS; version++) {
            answers.add(TextFixture.answers(TextFixture.bundle(version)));
        }
        assertVersionsCanBeTold(answers);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            topics.create(TextFixture.INPUT, 2);
            AtomicInteger sent = new AtomicInteger();
            try (StreamApp app = StreamFixture.app(servers, folder.resolve("state"), TextFixture.pipeline(2))) {
                app.start();
                TextFixture.publish(servers, TextFixture.bundle(1));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> app.state(TextFixture.PIPELINE) == PipelineState.RUNNING);
                publishWhileTextsFlow(servers, app, sent);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> app.meters(TextFixture.PIPELINE).scoredCount() >= sent.get());
                assertThat(app.meters(TextFixture.PIPELINE).texts().repeatedCount())
                        .as("texts that were answered before")
                        .isPositive();
            }
            assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
            List<Score> scores = scores(topics);
            assertThat(scores).hasSize(sent.get());
            assertThat(scores.stream().map(Score::getEventId).distinct().count())
                    .as("different texts scored")
                    .isEqualTo(sent.get());
            assertThat(scores.stream().map(Score::getVersion).distinct().count())
                    .as("versions that scored")
                    .isGreaterThan(2);
            assertOrderOfEachKeyKept(scores);
            assertThatTheNamedVersionAnswered(scores, answers);
            assertVersionsMatchActivations(topics, scores);
        }
    }

    private static void assertVersionsCanBeTold(List<double[]> answers) {
        for (int version = 1; version < answers.size(); version++) {
            for (int other = 0; other < version; other++) {
                int told = 0;
                for (int text = 0; text < TextFixture.TEXTS.size(); text++) {
                    double apart = answers.get(version)[text] - answers.get(other)[text];
                    told += Math.abs(apart) > 1e-4 ? 1 : 0;
                }
                assertThat(told)
                        .as("texts that tell versions %d and %d apart", version + 1, other + 1)
                        .isGreaterThan(TextFixture.TEXTS.size() / 2);
            }
        }
    }

    private static void publishWhileTextsFlow(String servers, StreamApp app, AtomicInteger sent)
            throws InterruptedException {
        AtomicBoolean published = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            while (!published.get()) {
                int from = sent.get();
                TextFixture.send(servers, from, from + SENT_AT_ONCE);
                sent.addAndGet(SENT_AT_ONCE);
            }
        });
        sender.start();
        for (int version = 2; version <= VERSIONS; version++) {
            Bundle next = TextFixture.bundle(version);
            TextFixture.publish(servers, next);
            Optional<ModelRef> expected = Optional.of(new ModelRef(TextFixture.PIPELINE, version));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> app.serving(TextFixture.PIPELINE).equals(expected));
        }
        published.set(true);
        sender.join();
    }

    private static List<Score> scores(TestTopics topics) {
        var codec = StreamFixture.codec(Score.class);
        List<Score> scores = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(TopicCatalogue.scores(TextFixture.PIPELINE))) {
            Score score = codec.decode(record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(TextFixture.key(id(score)));
            scores.add(score);
        }
        return scores;
    }

    private static void assertOrderOfEachKeyKept(List<Score> scores) {
        Map<String, Integer> latest = new HashMap<>();
        for (Score score : scores) {
            Integer before = latest.put(TextFixture.key(id(score)), id(score));
            assertThat(id(score)).as("after %s", before).isGreaterThan(before == null ? -1 : before);
        }
    }

    private static void assertThatTheNamedVersionAnswered(List<Score> scores, List<double[]> answers) {
        for (Score score : scores) {
            double[] own = answers.get(score.getVersion() - 1);
            assertThat(score.getScore())
                    .as("score of %s", score)
                    .isCloseTo(own[TextFixture.textOf(id(score))], within(1e-5));
        }
    }

    private static void assertVersionsMatchActivations(TestTopics topics, List<Score> scores) {
        var codec = StreamFixture.codec(Activation.class);
        Map<Integer, TreeMap<Long, Activation>> activations = new HashMap<>();
        for (var record : topics.readAll(TopicCatalogue.activations(TextFixture.PIPELINE))) {
            Activation activation = codec.decode(record.value());
            activations
                    .computeIfAbsent(activation.getPartition(), partition -> new TreeMap<>())
                    .put(activation.getFirstOffset(), activation);
        }
        for (Score score : scores) {
            var active = activations
                    .getOrDefault(score.getScoringPartition(), new TreeMap<>())
                    .floorEntry(score.getScoringOffset());
            assertThat(active).as("activation before %s", score).isNotNull();
            assertThat(active.getValue().getVersion()).as("of %s", score).isEqualTo(score.getVersion());
        }
    }

    private static int id(Score score) {
        return Integer.parseInt(score.getEventId());
    }
}
