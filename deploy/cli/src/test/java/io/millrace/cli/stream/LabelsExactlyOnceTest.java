package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the stream for real while labels flow, and counts the examples. */
class LabelsExactlyOnceTest {
    private static final int EVENTS = 8_000;
    private static final int KILLS = 2;
    private static final long SEED = 20_261_124;
    private static final String EXAMPLES = TopicCatalogue.examples("fraud");
    private static final String FIRST_TIME = "2020-09-14T00:00:00Z";
    private static final String SECOND_TIME = "2020-09-15T00:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void noExampleIsLostOrDoubledThoughTheProcessIsKilledAgainAndAgain() throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            StreamFixture.createTopics(servers, 2);
            topics.create(StreamFixture.FEEDBACK, 2);
            ChildJvm child = child(servers);
            try {
                StreamFixture.publish(servers, StreamFixture.bundle(0.1f));
                int sent = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    int until = EVENTS * (kill + 1) / (KILLS + 1);
                    sendWithLabels(servers, sent, until);
                    sent = until;
                    long goal = topics.endOffset(EXAMPLES) + 100 + random.nextInt(1_000);
                    ChildJvm running = child;
                    await().atMost(Duration.ofSeconds(90)).until(() -> {
                        running.requireAlive();
                        return topics.endOffset(EXAMPLES) >= goal;
                    });
                    child.kill();
                    child = child(servers);
                }
                sendWithLabels(servers, sent, EVENTS);
                awaitExamples(topics, EVENTS);
                label(servers, 0, EVENTS, true);
                label(servers, 0, EVENTS, false); // said before: changes nothing
                child.kill();
                child = child(servers);
                awaitExamples(topics, EVENTS + corrections());
                awaitMetricsOfAll(topics);
            } finally {
                child.close();
            }
            assertEachExampleOnce(topics.readAll(EXAMPLES));
        }
    }

    private static void assertEachExampleOnce(List<ConsumerRecord<byte[], byte[]>> records) {
        var codec = StreamFixture.codec(LabelledExample.class);
        Map<String, Integer> timesSaid = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            LabelledExample example = codec.decode(record.value());
            timesSaid.merge(example.getEventId() + " " + example.getLabelledAt(), 1, Integer::sum);
            last.put(example.getEventId(), example.getLabel());
        }
        assertThat(timesSaid.values()).as("times that an example was written").allMatch(times -> times == 1);
        assertThat(timesSaid).hasSize(EVENTS + corrections());
        for (int id = 0; id < EVENTS; id++) {
            assertThat(last.get(Integer.toString(id))).as("event %d", id).isEqualTo(label(id, isCorrected(id)));
        }
    }

    private static void awaitExamples(TestTopics topics, int count) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> topics.readAll(EXAMPLES).size() >= count);
    }

    private static void awaitMetricsOfAll(TestTopics topics) {
        var codec = StreamFixture.codec(Metrics.class);
        long positives = 0;
        for (int id = 0; id < EVENTS; id++) {
            positives += label(id, isCorrected(id)).equals("FRAUD") ? 1 : 0;
        }
        long expected = positives;
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> topics.readAll(TopicCatalogue.metrics("fraud")).stream()
                        .map(record -> codec.decode(record.value()))
                        .anyMatch(metrics -> metrics.getExamples() == EVENTS && metrics.getPositives() == expected));
    }

    private static int corrections() {
        int corrections = 0;
        for (int id = 0; id < EVENTS; id++) {
            corrections += isCorrected(id) ? 1 : 0;
        }
        return corrections;
    }

    private static boolean isCorrected(int id) {
        return id % 7 == 0;
    }

    private static String label(int id, boolean corrected) {
        return (id % 3 == 0) == corrected ? "LEGITIMATE" : "FRAUD";
    }

    private static void sendWithLabels(String servers, int from, int to) {
        StreamFixture.send(servers, from, to);
        label(servers, from, to, false);
    }

    private static void label(String servers, int from, int to, boolean corrections) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "linger.ms", 5);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int id = from; id < to; id++) {
                if (!corrections || isCorrected(id)) {
                    String json = "{\"event_id\":\"" + id + "\",\"label\":\"" + label(id, corrections)
                            + "\",\"labelled_at\":\"" + (corrections ? SECOND_TIME : FIRST_TIME)
                            + "\",\"event_time\":1600000000000}";
                    Future<RecordMetadata> unused =
                            producer.send(new ProducerRecord<>(StreamFixture.FEEDBACK, Integer.toString(id), json));
                }
            }
        }
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                StreamChild.class,
                Path.of("target", "labels-exactly-once-stream.log"),
                servers,
                folder.resolve("state").toString(),
                "labels");
    }
}
