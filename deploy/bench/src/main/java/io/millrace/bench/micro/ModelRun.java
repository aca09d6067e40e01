package io.millrace.bench.micro;

import io.millrace.bench.arena.StatefulFraud;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.gradient.NetworkTemplate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A batch of rows through a loaded model, as the stream runs it: a network of 15-64-32-2 with random weights, which cost
 * what trained ones do, and the shipped trees.
 *
 * <p>Threading: confined to one thread. Lifecycle: JMH closes the native session after the last run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class ModelRun {
    private static final int WIDTH = 15;
    private static final int EXAMPLES = 100;

    /** Rows of a batch. */
    @Param({"1", "64", "256"})
    public int rows;

    /** Which model. */
    @Param({"network", "trees"})
    public String model;

    private LoadedModel loaded;
    private ScoreBatch batch;

    /** Loads the model and fills the batch. */
    @Setup
    public void load() throws ModelRefusedException {
        Bundle bundle = model.equals("trees") ? StatefulFraud.bundle() : network();
        loaded = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, rows)
                .load(new ModelRef(bundle.manifest().name(), 1), bundle);
        batch = loaded.newBatch(rows);
        Random random = new Random(1);
        while (!batch.isFull()) {
            batch.add(random.doubles(loaded.width(), -3, 3).toArray());
        }
    }

    private static Bundle network() {
        List<FeatureDefinition> fields = IntStream.range(0, WIDTH)
                .mapToObj(i -> (FeatureDefinition) new FieldFeature("F" + i, "f" + i))
                .toList();
        float[] values = new float[EXAMPLES * WIDTH];
        Random random = new Random(2);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new NetworkTemplate(List.of(64, 32), 1)
                .bundle(
                        "network",
                        new FeatureSet("fields", FeatureSet.DEFAULT_ZONE, fields),
                        List.of("LEGITIMATE", "FRAUD"),
                        new TrainingRows(values, new float[EXAMPLES], WIDTH));
    }

    /** One run. */
    @Benchmark
    public double batch() {
        loaded.score(batch);
        return batch.probability(rows - 1, 1);
    }

    /** Frees the session. */
    @TearDown
    public void close() {
        loaded.close();
    }
}
