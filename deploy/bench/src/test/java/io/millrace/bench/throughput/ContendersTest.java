package io.millrace.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.Contender;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.StatelessFraud;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.arena.TopicFiller;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers must do the same work: what they write is compared with what Millrace writes, record by record. */
class ContendersTest {
    private static final int RECORDS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void oneAtATimeWritesTheScoresThatMillraceWrites() throws Exception {
        StatelessFraud load = StatelessFraud.prepare(3);
        Path model = ArenaInput.write(folder.resolve("model"), load.bundle());
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            load.fill(broker.kafka(), "in", 1, RECORDS, sent -> {});

            Map<String, Score> ours = scores(new StreamContender(), broker, "ours", model);
            Map<String, Score> naive = scores(new NaiveContender(), broker, "naive", model);

            assertThat(ours).hasSize(RECORDS).containsOnlyKeys(naive.keySet());
            assertThat(ours.values().stream().map(Score::getScore).distinct()).hasSizeGreaterThan(100);
            ours.forEach((id, score) -> {
                Score other = naive.getOrDefault(id, score);
                assertThat(other.getScore()).as(id).isCloseTo(score.getScore(), within(1e-6));
                assertThat(withoutRounding(other)).isEqualTo(withoutRounding(score));
            });
        }
    }

    private static Score withoutRounding(Score score) {
        return Score.newBuilder(score)
                .setScore(0)
                .setProbabilities(List.of())
                .setScoredAt(Instant.EPOCH)
                .build();
    }

    private static Map<String, Score> scores(Contender contender, BrokerProcess broker, String name, Path model)
            throws Exception {
        String output = name + ".scores";
        TopicFiller.create(broker.kafka(), output, 1);
        contender.run(RunRequest.of(broker.bootstrapServers(), "in", output, model.toString(), 1, RECORDS));
        try {
            return read(broker, output);
        } finally {
            contender.stop();
        }
    }

    private static Map<String, Score> read(BrokerProcess broker, String topic) {
        SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
        Map<String, Object> settings = new HashMap<>(broker.kafka());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        Map<String, Score> scores = new HashMap<>();
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (scores.size() < RECORDS && System.nanoTime() < untilNanos) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Score score = codec.decode(record.value());
                    scores.put(score.getEventId(), score);
                }
            }
        }
        return scores;
    }
}
