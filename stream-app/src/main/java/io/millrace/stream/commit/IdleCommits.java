package io.millrace.stream.commit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Has a stream thread commit as soon as nothing waits for it, instead of only after the commit interval: what a commit
 * costs is then time in which the thread would have waited anyway, and each hop's records become visible sooner. Under
 * full load a thread is never idle, and the interval alone counts.
 *
 * <p>A thread is idle when its consumer has no record at hand and knows of none on the broker. It then asks for a commit
 * of the tasks that have changed since, in the public way of {@link ProcessorContext#commit}; Kafka Streams commits right
 * after that poll.
 *
 * <p>Threading: thread-safe; tasks register on the stream thread that runs them, and are asked for on it.
 */
public final class IdleCommits {
    private final long soonestNanos;
    private final LongSupplier nanoClock;
    private final ThreadLocal<ThreadTasks> here = ThreadLocal.withInitial(ThreadTasks::new);

    /**
     * Makes the idle commits of one pipeline.
     *
     * @param soonest least time from the end of one to the next, on one thread
     */
    public IdleCommits(Duration soonest, LongSupplier nanoClock) {
        this.soonestNanos = soonest.toNanos();
        this.nanoClock = nanoClock;
    }

    /** Registers a processor, on the stream thread that initialises it, until it is closed. */
    public Unfinished register(ProcessorContext<?, ?> context) {
        return new Unfinished(context, here.get());
    }

    /** What a processor says of its work. Threading: confined to its task. */
    public static final class Unfinished implements AutoCloseable {
        private final ProcessorContext<?, ?> context;
        private final ThreadTasks tasks;
        private boolean changed;
        private boolean held;

        private Unfinished(ProcessorContext<?, ?> context, ThreadTasks tasks) {
            this.context = context;
            this.tasks = tasks;
            tasks.all.add(this);
        }

        /** A record was taken, so that there is something to commit. */
        public void changed() {
            changed = true;
        }

        /** Whether no idle commit may come for now, since rows still gather that had better be scored together. */
        public void hold(boolean hold) {
            held = hold;
        }

        @Override
        public void close() {
            tasks.all.remove(this);
        }
    }

    /** The processors of one thread's tasks. */
    private final class ThreadTasks {
        private final Set<Unfinished> all = ConcurrentHashMap.newKeySet();
        private long lastNanos = nanoClock.getAsLong() - soonestNanos;
        private boolean asked;

        /** What was asked for at the last poll has been done by now. */
        void polling() {
            if (asked) {
                asked = false;
                lastNanos = nanoClock.getAsLong();
            }
        }

        boolean isUnfinished() {
            boolean changed = false;
            for (Unfinished one : all) {
                if (one.held) {
                    return false;
                }
                changed |= one.changed;
            }
            return changed;
        }

        long waitNanos() {
            return soonestNanos - (nanoClock.getAsLong() - lastNanos);
        }

        void commit() {
            for (Unfinished one : all) {
                if (one.changed) {
                    one.context.commit();
                    one.changed = false;
                }
            }
            asked = true;
        }
    }

    /** Kafka's usual clients, with a main consumer that notices when its thread is idle. */
    public KafkaClientSupplier clients() {
        return new Clients();
    }

    private final class Clients implements KafkaClientSupplier {
        @Override
        public Admin getAdmin(Map<String, Object> config) {
            return Admin.create(config);
        }

        @Override
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            return new NoticingConsumer(config);
        }

        @Override
        public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
            return getRestoreConsumer(config);
        }
    }

    private final class NoticingConsumer extends KafkaConsumer<byte[], byte[]> {
        NoticingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ThreadTasks tasks = here.get();
            tasks.polling();
            ConsumerRecords<byte[], byte[]> ready = super.poll(Duration.ZERO);
            // Offsets alone move where transactions ended: Kafka Streams must hear of that too.
            if (!ready.isEmpty() || !ready.nextOffsets().isEmpty() || timeout.isZero()) {
                return ready;
            }
            if (!tasks.isUnfinished() || knowsOfMore()) {
                return super.poll(timeout);
            }
            long waitNanos = tasks.waitNanos();
            if (waitNanos > 0) {
                return super.poll(shorter(timeout, waitNanos));
            }
            tasks.commit();
            return ready;
        }

        private boolean knowsOfMore() {
            for (TopicPartition partition : assignment()) {
                if (currentLag(partition).orElse(0) > 0) {
                    return true;
                }
            }
            return false;
        }

        private static Duration shorter(Duration timeout, long nanos) {
            return timeout.toNanos() <= nanos ? timeout : Duration.ofNanos(nanos);
        }
    }
}
