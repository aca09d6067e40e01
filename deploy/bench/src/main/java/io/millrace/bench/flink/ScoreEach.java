package io.millrace.bench.flink;

import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Runs the model once for each record, as Flink's examples do.
 *
 * <p>Threading: confined to its task. Lifecycle: owns a native session from {@link #open} to {@link #close}.
 */
final class ScoreEach extends RichFlatMapFunction<InputRow, ScoredRow> {
    private final FlinkRun run;
    private transient @Nullable FlinkScorer scorer;

    ScoreEach(FlinkRun run) {
        this.run = run;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        scorer = FlinkScorer.open(run);
    }

    @Override
    public void flatMap(InputRow row, Collector<ScoredRow> out) throws Exception {
        FlinkScorer opened = Objects.requireNonNull(scorer);
        opened.add(row);
        opened.drain(out::collect);
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
        }
    }
}
