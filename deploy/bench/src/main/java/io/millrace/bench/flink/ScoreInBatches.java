package io.millrace.bench.flink;

import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows and runs the model on many at once: an operator of one's own, since Flink has none for it. A batch closes
 * when it is full, when {@value #LINGER_MILLIS} ms have passed, and before each checkpoint, so that no row is behind the
 * barrier while its offset is before it.
 *
 * <p>Threading: confined to its task. Lifecycle: owns a native session from {@link #open} to {@link #close}.
 */
final class ScoreInBatches extends AbstractStreamOperator<ScoredRow>
        implements OneInputStreamOperator<InputRow, ScoredRow> {
    /** As long as the stream lets a row wait. */
    static final long LINGER_MILLIS = 5;

    private final FlinkRun run;
    private transient @Nullable FlinkScorer scorer;

    ScoreInBatches(FlinkRun run) {
        this.run = run;
    }

    @Override
    public void open() throws Exception {
        super.open();
        scorer = FlinkScorer.open(run);
        var unused = getProcessingTimeService().scheduleWithFixedDelay(now -> drain(), LINGER_MILLIS, LINGER_MILLIS);
    }

    @Override
    public void processElement(StreamRecord<InputRow> element) throws Exception {
        FlinkScorer opened = Objects.requireNonNull(scorer);
        opened.add(element.getValue());
        if (opened.isFull()) {
            drain();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        drain();
    }

    @Override
    public void finish() throws Exception {
        drain();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (scorer != null) {
            scorer.close();
        }
        super.close();
    }

    private void drain() {
        Objects.requireNonNull(scorer).drain(row -> output.collect(new StreamRecord<>(row, row.timestampMillis)));
    }
}
