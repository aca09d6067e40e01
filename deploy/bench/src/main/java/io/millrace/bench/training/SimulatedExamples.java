package io.millrace.bench.training;

import io.millrace.bench.arena.EventIds;
import io.millrace.bench.arena.FraudLoad;
import io.millrace.bench.arena.FraudRows;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simulated transactions with the features that the stream would have computed of them, and their truth.
 *
 * <p>Threading: stateless. The same number gives the same examples.
 */
public final class SimulatedExamples {
    private SimulatedExamples() {}

    /** The first transactions of the standard world. */
    public static ExampleSet of(FeatureSet features, int count) {
        List<FraudRows.Row> rows =
                FraudRows.of(FraudLoad.standard(0), features, 0, count).rows();
        return new ExampleSet(IntStream.range(0, rows.size())
                .mapToObj(i -> example(EventIds.of(i), rows.get(i)))
                .toList());
    }

    @SuppressWarnings("NullAway") // it does not see in class files that texts and segments may be null
    private static Example example(String id, FraudRows.Row row) {
        float[] features = new float[row.features().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) row.features()[i];
        }
        return new Example(
                id, row.timeMillis(), row.timeMillis(), features, null, row.fraud() ? 1 : 0, 1, 0.5, 1, null);
    }
}
