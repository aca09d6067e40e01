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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Has a stream thread commit as soon as nothing waits for it, instead of only after the commit interval: what a commit
 * costs is then time in which the thread would have waited anyway, and each hop's records become visible sooner. Under
 * full load a thread is never idle, and the interval alone counts.
 *
 * <p>A thread is idle when its consumer has no record at hand and knows of none on the broker. It then asks for a commit
 * of the tasks that have changed since the last one, in the public way of {@link ProcessorContext#commit}; Kafka Streams commits right
 * after that poll.
 *
 * <p>Threading: thread-safe.
 */
public final class IdleCommits {
    private final long soonestNanos;
    private final LongSupplier nanoClock;
    private final ThreadLocal<ThreadWork> here = ThreadLocal.withInitial(ThreadWork::new);

    /**
     * Makes the idle commits of one pipeline.
     *
     * @param soonest least time from the end of any commit to an idle one, on one thread
     */
    public IdleCommits(Duration soonest, LongSupplier nanoClock) {
        this.soonestNanos = soonest.toNanos();
        this.nanoClock = nanoClock;
    }

    /** For one processor, which opens it when it is initialised. */
    public Work work() {
        return new Work();
    }

    /**
     * What a processor says of its work.
     *
     * <p>Threading: confined to its task. Lifecycle: from {@link #open}, on the stream thread that runs the task, to
     * {@link #close}; a task that is revived after a failure opens it once more.
     */
    public final class Work implements AutoCloseable {
        private @Nullable ProcessorContext<?, ?> context;
        private @Nullable ThreadWork thread;
        private boolean changed;
        private boolean held;

        private Work() {}

        /** Begins anew, with nothing to commit. */
        public void open(ProcessorContext<?, ?> initialised) {
            close();
            changed = false;
            held = false;
            context = initialised;
            thread = here.get();
            thread.all.add(this);
        }

        /** A record was taken, so that there is something to commit. */
        public void changed() {
            changed = true;
        }

        /** Whether no idle commit may come for now, since rows still gather that had better be scored together. */
        public void hold(boolean hold) {
            held = hold;
        }

        private void askForCommit() {
            if (changed && context != null) {
                context.commit();
            }
        }

        @Override
        public void close() {
            if (thread != null) {
                thread.all.remove(this);
                thread = null;
            }
        }
    }

    /** The work of one stream thread's tasks. Threading: confined to that thread, but for a task closed by another. */
    private final class ThreadWork {
        private final Set<Work> all = ConcurrentHashMap.newKeySet();
        private long lastNanos = nanoClock.getAsLong() - soonestNanos;

        boolean isUnfinished() {
            boolean changed = false;
            for (Work one : all) {
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

        /** Kafka Streams does it after the poll, unless a rebalance goes on: then it is asked again, no sooner than so. */
        void askForCommit() {
            all.forEach(Work::askForCommit);
            lastNanos = nanoClock.getAsLong();
        }

        /** Whoever asked for it, it was of all tasks of the thread. */
        void committed() {
            all.forEach(one -> one.changed = false);
            lastNanos = nanoClock.getAsLong();
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
            return new NoticingProducer(config);
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

    private final class NoticingProducer extends KafkaProducer<byte[], byte[]> {
        NoticingProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            here.get().committed();
        }
    }

    private final class NoticingConsumer extends KafkaConsumer<byte[], byte[]> {
        NoticingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> ready = super.poll(Duration.ZERO);
            // Offsets alone move where transactions ended: Kafka Streams must hear of that too.
            if (!ready.isEmpty() || !ready.nextOffsets().isEmpty() || timeout.isZero()) {
                return ready;
            }
            ThreadWork work = here.get();
            if (!work.isUnfinished() || knowsOfMore()) {
                return super.poll(timeout);
            }
            long waitNanos = work.waitNanos();
            if (waitNanos > 0) {
                return super.poll(shorter(timeout, waitNanos));
            }
            work.askForCommit();
            return ready;
        }

        /** At least once, this is the commit. */
        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            here.get().committed();
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
