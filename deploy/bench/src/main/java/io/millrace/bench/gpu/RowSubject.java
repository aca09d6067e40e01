package io.millrace.bench.gpu;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.gradient.NetworkTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model of features. Its rows are its golden samples, each number a little changed; numbers from a normal
 * distribution where it has no samples.
 */
record RowSubject(String name, Bundle bundle, List<double[]> rows) implements Subject {
    private static final int MOST_BATCHES = 16;

    static RowSubject of(String name, Bundle bundle, int count, long seed) {
        Random random = new Random(seed);
        List<GoldenSample> golden = bundle.manifest().golden();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(
                    golden.isEmpty()
                            ? random.doubles(width(bundle))
                                    .map(x -> random.nextGaussian())
                                    .toArray()
                            : changed(golden.get(random.nextInt(golden.size())), random));
        }
        return new RowSubject(name, bundle, rows);
    }

    /** The network of the usual size, 15-64-32, with weights that have learned nothing: it is as fast as one that has. */
    static RowSubject network(int count, long seed) {
        FeatureSet features = FeatureSets.named(FeatureSets.HANDBOOK);
        Random random = new Random(seed);
        float[] values = new float[1_000 * features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        TrainingRows likeThese = new TrainingRows(values, new float[1_000], features.size());
        Bundle bundle = new NetworkTemplate(List.of(64, 32), seed)
                .bundle("network", features, List.of("LEGITIMATE", "FRAUD"), likeThese);
        return of("network 15-64-32", bundle, count, seed);
    }

    @Override
    public double[] answers(LoadedModel model) {
        ScoreBatch batch = model.newBatch(rows.size());
        rows.forEach(batch::add);
        model.score(batch);
        double[] answers = new double[rows.size()];
        for (int row = 0; row < answers.length; row++) {
            answers[row] = batch.probability(row, batch.classes() - 1);
        }
        return answers;
    }

    @Override
    public Contest<double[]> contest(DeviceChoice device, int size) throws ModelRefusedException {
        LoadedModel model = load(device, 1, size);
        RawSession raw = rawBeside(model, device);
        List<List<double[]>> batches = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(MOST_BATCHES, rows.size() / size)); i++) {
            List<double[]> batch = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                batch.add(rows.get((i * size + row) % rows.size()));
            }
            batches.add(batch);
            raw.addFloats(bundle.manifest().input(), floats(batch, model.width()), model.width());
        }
        ScoreBatch ours = model.newBatch(size);
        return new Contest<>(model, raw, batches, batch -> {
            ours.clear();
            batch.forEach(ours::add);
            model.score(ours);
            return ours.rows();
        });
    }

    private static double[] changed(GoldenSample sample, Random random) {
        List<Double> features = sample.features();
        return features == null
                ? new double[0]
                : features.stream()
                        .mapToDouble(value -> value * (1 + 0.3 * random.nextGaussian()))
                        .toArray();
    }

    private static int width(Bundle bundle) {
        FeatureSet features = bundle.manifest().featureSet();
        return features == null ? 0 : features.size();
    }

    private static float[] floats(List<double[]> rows, int width) {
        float[] floats = new float[rows.size() * width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) rows.get(i / width)[i % width];
        }
        return floats;
    }
}
