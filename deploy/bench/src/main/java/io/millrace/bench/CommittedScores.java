package io.millrace.bench;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The scores of a pipeline that a consumer of committed records sees: what is done, exactly once.
 *
 * <p>Threading: confined to one thread. Lifecycle: the consumer ends with {@link #close}.
 */
final class CommittedScores implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final Consumer<Score> onScore;
    private long seen;

    CommittedScores(Map<String, Object> kafka, String pipeline, Consumer<Score> onScore) {
        this.onScore = onScore;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            begin(TopicCatalogue.scores(pipeline));
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    private void begin(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has been committed since, waiting a little; all that were seen so far. */
    long poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            onScore.accept(codec.decode(record.value()));
            seen++;
        }
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
