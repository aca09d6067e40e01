package io.millrace.bench.scale;

import io.millrace.bench.arena.KeyedRecord;
import io.millrace.bench.arena.TopicFiller;
import io.millrace.cli.output.FailedException;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way in, and their committed scores on their way out.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the machine's monotonic clock. Lifecycle: owns a producer
 * and a consumer until {@link #close}.
 */
final class LiveFlow implements AutoCloseable {
    private static final int TRICKLE = 40;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final String input;
    private final List<TopicPartition> outputs;
    private final KeyedTransactions events;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> scores;
    private final SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    LiveFlow(Map<String, Object> kafka, String input, String output, KeyedTransactions events) {
        this.input = input;
        this.events = events;
        this.producer = TopicFiller.producer(kafka);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.scores = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.outputs = scores.partitionsFor(output).stream()
                .map(info -> new TopicPartition(output, info.partition()))
                .toList();
        scores.assign(outputs);
    }

    /** Sends the next events. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            KeyedRecord event = events.next();
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(input, event.key(), event.value()), (metadata, exception) -> {
                        if (exception != null) {
                            failure.compareAndSet(null, exception);
                        }
                    });
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new FailedException("an event could not be sent: " + failed.getMessage(), failed);
        }
    }

    /** How many were sent so far. */
    long sent() {
        return events.made();
    }

    /** How many scores are committed, but for the markers of transactions. */
    long committed() {
        return scores.endOffsets(outputs).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Has events trickle in for a while. */
    void trickle(Duration time) throws InterruptedException {
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNanos) {
            send(TRICKLE);
            Thread.sleep(POLL.toMillis());
        }
    }

    /**
     * Has events trickle in until each partition of the input, and each that scoring reads, has a committed score of an
     * event that was sent from now on; the time then.
     */
    long awaitScores() {
        scores.seekToEnd(outputs);
        outputs.forEach(scores::position);
        long first = sent();
        BitSet read = new BitSet();
        BitSet scored = new BitSet();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (read.cardinality() < outputs.size() || scored.cardinality() < outputs.size()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new FailedException("not all partitions score within " + PATIENCE.toMinutes()
                        + " minutes: of the input " + read + ", of the scoring stage " + scored);
            }
            send(TRICKLE);
            for (ConsumerRecord<byte[], byte[]> record : scores.poll(POLL)) {
                Score score = codec.decode(record.value());
                if (Long.parseLong(score.getEventId().substring(1)) >= first) {
                    read.set(score.getInputPartition());
                    scored.set(score.getScoringPartition());
                }
            }
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        producer.close();
        scores.close();
    }
}
