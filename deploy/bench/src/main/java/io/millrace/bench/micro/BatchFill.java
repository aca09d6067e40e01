package io.millrace.bench.micro;

import io.millrace.inference.onnx.ScoreBatch;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A row of 15 features into the memory that the model reads; measured over a whole batch.
 *
 * <p>Threading: confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchFill {
    private static final int ROWS = 256;
    private static final int WIDTH = 15;

    private final ScoreBatch batch = new ScoreBatch(ROWS, WIDTH, 2);
    private final double[][] rows = new double[ROWS][];

    public BatchFill() {
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = random.doubles(WIDTH).toArray();
        }
    }

    /** A batch of rows. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ScoreBatch row() {
        batch.clear();
        for (double[] row : rows) {
            batch.add(row);
        }
        return batch;
    }
}
