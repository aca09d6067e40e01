package io.millrace.schemas.registry;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the model log: once to its present end ({@link #read}), and then, if wanted, on as it grows ({@link #poll}).
 * Only committed records are seen; one that cannot be read is passed over, counted and logged.
 *
 * <p>Threading: thread-confined, but for {@link #view}, which any thread may call. Lifecycle: owns a consumer until
 * {@link #close}; it belongs to no consumer group.
 */
public final class ModelRegistryReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelRegistryReader.class);

    private static final List<TopicPartition> PARTITIONS = List.of(
            new TopicPartition(TopicCatalogue.MODEL_VERSIONS, 0),
            new TopicPartition(TopicCatalogue.MODEL_ROLES, 0),
            new TopicPartition(TopicCatalogue.MODEL_STATUS, 0));
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration OPEN_TRANSACTIONS_LOOKED_OVER_AFTER = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final Consumer<byte[], byte[]> consumer;
    private final RegistryState state = new RegistryState();
    private boolean topicsSeen;
    private volatile RegistryView view = RegistryView.EMPTY;

    /** Makes the reader; connects when it is first used. */
    public ModelRegistryReader(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
        this.consumer = RegistryClients.committedOnly(kafka);
        consumer.assign(PARTITIONS);
        consumer.seekToBeginning(PARTITIONS);
    }

    /**
     * Reads to the present end: whatever was committed before this call is in the view. What is behind a transaction
     * that stays open is left for later.
     *
     * @throws io.millrace.schemas.topic.TopicMissingException when a topic of the model log does not exist
     * @throws KafkaException when the broker does not answer
     */
    public RegistryView read() {
        if (!catchUp(OPEN_TRANSACTIONS_LOOKED_OVER_AFTER)) {
            log.atWarn().log("the model log ends in a transaction that stays open: read as far as it is settled");
        }
        return view;
    }

    /**
     * Like {@link #read}, but does not stop at an open transaction: for who must know the last word.
     *
     * @throws RegistryException when a transaction stays open for longer than the given time
     */
    RegistryView readSettled(Duration patience) {
        if (!catchUp(patience)) {
            throw new RegistryException("another publication has been unfinished for " + patience.toSeconds()
                    + " s and holds the model log: try again when it is done, or in "
                    + Duration.ofMillis(RegistryClients.TRANSACTION_TIMEOUT_MILLIS)
                            .toMinutes()
                    + " minutes, when the broker will have given it up");
        }
        return view;
    }

    /**
     * Waits for new records, at most so long, and applies them; without {@link #read} before, begins at the start.
     *
     * @return whether the view changed
     * @throws KafkaException when the broker refuses; one that is away for a while is waited for
     */
    public boolean poll(Duration timeout) {
        return apply(consumer.poll(timeout));
    }

    /** The log as far as it was read. */
    public RegistryView view() {
        return view;
    }

    /** How many records could not be read. */
    public long skipped() {
        return state.skipped();
    }

    private boolean apply(ConsumerRecords<byte[], byte[]> records) {
        boolean changed = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            changed |= state.apply(record);
        }
        if (changed) {
            view = state.view();
        }
        return changed;
    }

    /** Reads up to where the log ends now; false if an open transaction is in the way for longer than the patience. */
    private boolean catchUp(Duration patience) {
        Map<TopicPartition, Long> ends = ends();
        long startedNanos = System.nanoTime();
        long heardNanos = startedNanos;
        while (isBehind(ends)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            boolean changed = apply(records);
            long nowNanos = System.nanoTime();
            if (changed || !records.isEmpty()) {
                heardNanos = nowNanos;
            } else if (nowNanos - startedNanos > patience.toNanos() && !isBehind(consumer.endOffsets(PARTITIONS))) {
                // For a consumer of committed records, the end is where the first open transaction begins.
                return !isBehind(ends);
            } else if (nowNanos - heardNanos > SILENCE.toNanos() + patience.toNanos()) {
                throw new TimeoutException(
                        "no answer from the broker for " + SILENCE.toSeconds() + " s while reading the model log");
            }
        }
        return true;
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    /** The ends with open transactions. */
    private Map<TopicPartition, Long> ends() {
        try (Admin admin = Admin.create(kafka)) {
            if (!topicsSeen) {
                // Asking a broker for the end of a topic that it lacks takes until the time-out.
                TopicCreator.require(
                        admin,
                        PARTITIONS.stream()
                                .map(partition -> TopicCatalogue.model(partition.topic()))
                                .toList());
                topicsSeen = true;
            }
            Map<TopicPartition, OffsetSpec> wanted = PARTITIONS.stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin
                    .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot find the end of the model log: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
