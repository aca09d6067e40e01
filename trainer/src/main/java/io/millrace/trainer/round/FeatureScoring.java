package io.millrace.trainer.round;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.data.GoldenSamples;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Speed;
import io.millrace.trainer.trees.ParityCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Asks of rows of features, with a threshold that each candidate chooses anew. */
final class FeatureScoring implements Scoring {
    private static final int TURNS = 15;
    private static final int MOST_TIMED = 2_048;

    private final int width;
    private final SpeedTest speedTest;

    /** @param width features a row */
    FeatureScoring(int width, SpeedTest speedTest) {
        this.width = width;
        this.speedTest = speedTest;
    }

    @Override
    public Comparison compare(LoadedModel champion, LoadedModel candidate, ExampleSet examples) {
        TrainingRows rows = examples.rows(width);
        return new Comparison(
                ParityCheck.score(champion, rows),
                ParityCheck.score(candidate, rows),
                examples.areOf(1),
                examples.examples().stream().map(Example::segment).toList());
    }

    @Override
    public Speed speed(LoadedModel champion, LoadedModel candidate, ExampleSet examples) {
        TrainingRows rows = examples.rows(width);
        int count = Math.min(rows.rows(), MOST_TIMED);
        TrainingRows some = new TrainingRows(
                Arrays.copyOf(rows.values(), count * width), Arrays.copyOf(rows.labels(), count), width);
        return speedTest.run(TURNS, () -> ParityCheck.score(champion, some), () -> ParityCheck.score(candidate, some));
    }

    @Override
    public Threshold threshold(Manifest champion, Comparison holdOut) {
        DecisionThreshold best = DecisionThreshold.bestF1(new ScoredLabels(holdOut.candidate(), holdOut.positives()));
        return new Threshold(
                best.value(),
                String.format(
                        Locale.ROOT,
                        "highest F1 on the hold-out: precision %.5f, recall %.5f",
                        best.precision(),
                        best.recall()));
    }

    @Override
    public List<GoldenSample> golden(LoadedModel champion, LoadedModel candidate, ExampleSet holdOut, double[] scores) {
        return GoldenSamples.spread(holdOut.rows(width), scores);
    }
}
