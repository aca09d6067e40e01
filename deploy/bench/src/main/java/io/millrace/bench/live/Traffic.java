package io.millrace.bench.live;

import io.millrace.bench.arena.KeyedRecord;
import io.millrace.cli.output.FailedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Events into a pipeline and their committed scores out of it, as its clients see them: at a rate of its own, or as fast
 * as the whole can.
 *
 * <p>Threading: confined to one thread; one more sends and one reads. Units: nanoseconds of the machine's monotonic
 * clock, which all processes of the machine share on Linux. Lifecycle: its clients end with {@link #close}.
 */
public final class Traffic implements AutoCloseable {
    /**
     * While the load is as fast as it can, so many seconds' worth of the events that came out are under way. An event under
     * full load can take longer than a second, so that a second's worth would hold the sender back before the stream is
     * full, and what comes out sets the bound for what is sent next.
     */
    private static final int OUTSTANDING_SECONDS = 4;

    /** Between these bounds: before anything has come out, and so that no queue grows without end. */
    private static final int FEWEST_OUTSTANDING = 256;

    private static final int MOST_OUTSTANDING = 200_000;
    private static final int BURST = 32;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SETTLING_SHARE = 0.3;
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final String topic;
    private final Iterator<KeyedRecord> source;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScoreReader reader;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    /**
     * Makes the traffic of a pipeline that runs.
     *
     * @param source makes the events; their ids are numbers from 0 on, see {@link io.millrace.bench.arena.EventIds}
     */
    public Traffic(String bootstrapServers, String pipeline, Iterator<KeyedRecord> source) {
        this.topic = StreamOrder.inputTopic(pipeline);
        this.source = source;
        this.producer = new KafkaProducer<>(
                Clients.sender(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            this.reader = new ScoreReader(bootstrapServers, pipeline);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
        reader.start();
    }

    /** How many events were sent so far: the next one's id. */
    public long sent() {
        return sent;
    }

    /** Tells a listener of each score from now on. */
    public void tell(Arrival arrival) {
        reader.tell(arrival);
    }

    /**
     * Begins to send at a rate; nothing else may be sent until the loop has ended and {@link #ended} was called.
     *
     * @param events at most
     */
    public OpenLoop open(double rateHz, long events) {
        SendSchedule schedule = new SendSchedule(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50), rateHz);
        long startMillis = System.currentTimeMillis();
        return new OpenLoop(schedule, events, event -> {
                    long sinceNanos = schedule.dueNanos(event) - schedule.startNanos();
                    send(startMillis + TimeUnit.NANOSECONDS.toMillis(sinceNanos));
                })
                .start();
    }

    /** Takes account of what a loop has sent, and waits until it is scored. */
    public void ended(OpenLoop loop) {
        sent += loop.sent();
        await();
    }

    /**
     * Sends as fast as the whole can take it, with a bounded number of events under way; the events a second that came
     * out, after a first part in which it settles.
     */
    public double saturate(Duration time) {
        long startNanos = System.nanoTime();
        long settledNanos = startNanos + (long) (time.toNanos() * SETTLING_SHARE);
        long endNanos = startNanos + time.toNanos();
        long countedByNanos = endNanos - (endNanos - settledNanos) / 2;
        long before = reader.delivery().once();
        long countedFrom = -1;
        long countedNanos = startNanos;
        long done = before;
        for (long nowNanos = startNanos;
                nowNanos < endNanos || (done == before && nowNanos < endNanos + STALLED.toNanos());
                nowNanos = System.nanoTime()) {
            done = reader.delivery().once();
            if (countedFrom < 0 && nowNanos >= settledNanos && nowNanos < countedByNanos && done > before) {
                countedFrom = done;
                countedNanos = nowNanos;
            }
            if (sent - done < outstanding(done - before, nowNanos - startNanos)) {
                for (int i = 0; i < BURST; i++) {
                    send(System.currentTimeMillis());
                    sent++;
                }
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            requireNoFailure();
        }
        done = reader.delivery().once();
        long from = countedFrom < 0 ? before : countedFrom;
        double rateHz = (done - from) * NANOS_PER_SECOND / (System.nanoTime() - countedNanos);
        await();
        return rateHz;
    }

    private static double outstanding(long done, long nanos) {
        double ofASecond = done * NANOS_PER_SECOND / Math.max(1, nanos);
        return Math.max(FEWEST_OUTSTANDING, Math.min(MOST_OUTSTANDING, OUTSTANDING_SECONDS * ofASecond));
    }

    private void send(long timestampMillis) {
        KeyedRecord event = source.next();
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(topic, null, timestampMillis, event.key(), event.value()),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /** Waits until all that was sent has its score, each exactly one. */
    private void await() {
        producer.flush();
        long seen = -1;
        long sinceNanos = System.nanoTime();
        while (reader.delivery().once() < sent) {
            requireNoFailure();
            long now = reader.delivery().once();
            if (now != seen) {
                seen = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException(
                        "no score for " + STALLED.toSeconds() + " s, with " + now + " of " + sent + " events scored");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Scores beyond the first one of an event: none under exactly-once. */
    public long scoredAgain() {
        return reader.delivery().again();
    }

    private void requireNoFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new FailedException("an event could not be sent: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
