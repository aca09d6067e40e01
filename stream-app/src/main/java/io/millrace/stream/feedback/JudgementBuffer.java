package io.millrace.stream.feedback;

import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Judgement;
import io.millrace.stream.event.Judgement.Truth;
import io.millrace.stream.event.Judgements;
import io.millrace.stream.event.ScoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what labels change, so that it goes to the metrics in few records.
 *
 * <p>Threading: confined to its task. Lifecycle: {@link #flush} before each commit; what a crash finds in it is rolled
 * back with the labels.
 */
final class JudgementBuffer {
    private static final int FULL = 500;
    /** The metrics have one partition, and so one key. */
    private static final byte[] KEY = {0};

    private final ProcessorContext<byte[], Flow> out;
    private final int classes;
    private List<Judgement> waiting = new ArrayList<>();
    private long timestampMillis;

    /** Sends to {@code out}; the last of so many classes is the positive one. */
    JudgementBuffer(ProcessorContext<byte[], Flow> out, int classes) {
        this.out = out;
        this.classes = classes;
    }

    void add(ScoredEvent event, @Nullable Said before, Said now, long recordTimestampMillis) {
        if (truth(before) == Truth.UNKNOWN && truth(now) == Truth.UNKNOWN) {
            return;
        }
        timestampMillis = recordTimestampMillis;
        waiting.add(new Judgement(
                event.version(),
                event.timeMillis(),
                event.score(),
                event.threshold(),
                event.decidedPositive(),
                truth(before),
                delayMillis(event, before),
                truth(now),
                delayMillis(event, now)));
        if (waiting.size() >= FULL) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            out.forward(new Record<>(KEY, new Judgements(waiting), timestampMillis, new RecordHeaders()));
            waiting = new ArrayList<>();
        }
    }

    private Truth truth(@Nullable Said said) {
        if (said == null || said.retracted()) {
            return Truth.UNKNOWN;
        }
        return said.classIndex() == classes - 1 ? Truth.POSITIVE : Truth.NEGATIVE;
    }

    private static long delayMillis(ScoredEvent event, @Nullable Said said) {
        return said == null || said.retracted() ? 0 : said.labelledAtMillis() - event.timeMillis();
    }
}
