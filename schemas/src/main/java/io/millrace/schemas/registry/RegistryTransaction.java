package io.millrace.schemas.registry;

import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One transaction on the topics of the model log, in the name of one model. From {@link #fence} on, no earlier
 * publisher of the model can commit, so what is read after it stays the last word until this one commits or is fenced
 * itself.
 *
 * <p>Threading: thread-confined. Lifecycle: owns a producer; {@link #close} without a commit takes back what was sent.
 */
final class RegistryTransaction implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int COMMIT_TRIES = 3;

    private final String model;
    private final Producer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> pending = new ArrayList<>();
    private boolean open;
    private boolean fenced;

    RegistryTransaction(String model, Producer<byte[], byte[]> producer) {
        this.model = model;
        this.producer = producer;
    }

    /** Shuts out earlier publishers of the model and takes back what they left unfinished. */
    static RegistryTransaction fence(Map<String, Object> kafka, String model) {
        var transaction =
                new RegistryTransaction(model, RegistryClients.transactional(kafka, "millrace-registry-" + model));
        try {
            transaction.producer.initTransactions();
        } catch (KafkaException e) {
            RuntimeException failure = transaction.failure(e);
            transaction.close();
            throw failure;
        }
        return transaction;
    }

    void begin() {
        try {
            producer.beginTransaction();
            open = true;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** Sends a blob; the offset of its first chunk, -1 if it has none. */
    long sendBlob(String sha256, byte[] blob) {
        long firstOffset = -1;
        for (int index = 0; index < BlobChunks.count(blob.length); index++) {
            send(TopicCatalogue.MODEL_CHUNKS, BlobChunks.key(sha256, index), BlobChunks.chunk(blob, index));
            if (index == 0) {
                firstOffset = await(pending.get(pending.size() - 1)).offset();
            }
        }
        return firstOffset;
    }

    /** Sends a record; a failure shows at the commit at the latest. */
    void send(String topic, String key, byte[] value) {
        try {
            pending.add(producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value)));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    void commit() {
        producer.flush();
        pending.forEach(this::await);
        for (int tries = 1; open; tries++) {
            try {
                producer.commitTransaction();
                open = false;
            } catch (TimeoutException e) {
                // Committing again is safe, and the only way to learn whether it was done.
                if (tries == COMMIT_TRIES) {
                    open = false;
                    throw new KafkaException(
                            "no answer to the commit for model '" + model + "': list its versions to see whether it was"
                                    + " done",
                            e);
                }
            } catch (KafkaException e) {
                throw isUnspecific(e) ? fencedBy(e) : failure(e);
            }
        }
    }

    /**
     * A broker answers a commit that meets another publisher's fence now and then with an error of its own (an unknown one,
     * seen with Kafka 4.3.1). Whether it was done then shows when the log is read again, as after a fence.
     */
    private static boolean isUnspecific(KafkaException e) {
        return e.getClass() == KafkaException.class && e.getCause() == null;
    }

    private PublisherFencedException fencedBy(Throwable cause) {
        fenced = true;
        return new PublisherFencedException(model, cause);
    }

    private RuntimeException failure(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (isFence(cause)) {
                return fencedBy(cause);
            }
            if (cause instanceof RecordTooLargeException) {
                return new RegistryException(
                        "a record for model '" + model + "' is too large for its topic: " + cause.getMessage()
                                + " Fewer golden samples make a smaller manifest",
                        cause);
            }
        }
        return e instanceof RuntimeException runtime ? runtime : new KafkaException(e);
    }

    /** A commit that comes after a fence has aborted the transaction may be answered with an invalid state. */
    private static boolean isFence(Throwable cause) {
        return cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidTxnStateException;
    }

    @Override
    public void close() {
        try {
            if (open && !fenced) {
                producer.abortTransaction();
            }
        } catch (KafkaException | IllegalStateException e) {
            // The next publisher's fence takes it back, or else the broker's time-out does.
            fenced = true;
        } finally {
            producer.close(CLOSE);
        }
    }
}
