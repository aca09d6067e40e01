package io.millrace.cli.score;

import io.millrace.cli.score.ScoreSummary.DeadRow;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.feature.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what became of the events, as any consumer of committed records would: scores, and dead letters by reason.
 *
 * <p>Threading: confined to one thread.
 */
final class ScoreCollector implements AutoCloseable {
    private static final int REMEMBERED = 10;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final String inputTopic;
    private final Consumer<Score> onScore;
    private final Map<String, Long> deadByReason = new TreeMap<>();
    private final List<DeadRow> firstDead = new ArrayList<>();
    private long scored;
    private long dead;

    /** Begins at the first records of a pipeline. */
    ScoreCollector(Map<String, Object> kafka, String pipeline, String inputTopic, Consumer<Score> onScore) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.inputTopic = inputTopic;
        this.onScore = onScore;
        List<TopicPartition> partitions = List.of(TopicCatalogue.scores(pipeline), TopicCatalogue.DEAD_LETTERS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has been committed since the last call, waiting a little for it. */
    void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (!record.topic().equals(TopicCatalogue.DEAD_LETTERS)) {
                onScore.accept(codec.decode(record.value()));
                scored++;
            } else if (inputTopic.equals(header(record, "__streams.errors.topic"))) {
                deadByReason.merge(header(record, DeadLetters.REASON), 1L, Long::sum);
                if (dead < REMEMBERED) {
                    long number = Long.parseLong(header(record, "__streams.errors.offset")) + 1;
                    firstDead.add(new DeadRow(number, header(record, "__streams.errors.message")));
                }
                dead++;
            }
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Scores so far. */
    long scored() {
        return scored;
    }

    /** Dead letters of the input so far. */
    long dead() {
        return dead;
    }

    /** The first of them, in the order in which they came back; the input has one partition. */
    List<DeadRow> firstDead() {
        return List.copyOf(firstDead);
    }

    /** The same by reason. */
    Map<String, Long> deadByReason() {
        return deadByReason;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
