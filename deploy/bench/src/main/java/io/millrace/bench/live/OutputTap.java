package io.millrace.bench.live;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Looks on as a stream thread hands its records to its producer: that is when an output leaves the record path, to the
 * microsecond, whenever its transaction is committed. Notes the gaps from one score to the next.
 *
 * <p>Threading: confined to its stream thread, whose producer it belongs to; the notes may be shared. Units:
 * nanoseconds of the machine's monotonic clock.
 */
public final class OutputTap implements ProducerInterceptor<byte[], byte[]> {
    /** Under which property of the producer it finds where to write. */
    static final String NOTES = "millrace.bench.gaps";

    /** Between scores of one batch there is less. */
    private static final long LEAST_GAP_NANOS = 100_000;

    private static final String SCORES = ".scores";

    private Times gaps = new Times();
    private long lastNanos;

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(NOTES) instanceof Times notes) {
            gaps = notes;
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().endsWith(SCORES)) {
            long nowNanos = System.nanoTime();
            if (lastNanos != 0 && nowNanos - lastNanos >= LEAST_GAP_NANOS) {
                gaps.add(nowNanos, nowNanos - lastNanos);
            }
            lastNanos = nowNanos;
        }
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // Only when records are handed over counts here.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
