package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.data.GoldenSamples;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.trees.ParityCheck;
import java.util.List;
import java.util.Map;

/**
 * A first model of all that is known at a time. Its threshold comes from a model of the earlier part, judged on the
 * later one.
 *
 * <p>Threading: confined to one thread. Lifecycle: native memory is freed before {@link #of} returns.
 */
final class FirstModel {
    private static final int BATCH_ROWS = 512;

    private final Bundle beginning;
    private final TrainingConfig config;
    private final Learner learner;

    /**
     * Prepares it.
     *
     * @param beginning whose name, classes and features it takes
     * @param learner makes a new model, not a continued one
     */
    FirstModel(Bundle beginning, TrainingConfig config, Learner learner) {
        this.beginning = beginning;
        this.config = config;
        this.learner = learner;
    }

    /** Learns from all of these. */
    Bundle of(ExampleSet known) throws LearningException {
        List<Example> sorted = known.examples();
        int holdOut = (int) Math.round(config.window().holdOut() * sorted.size());
        ExampleSet earlier = new ExampleSet(sorted.subList(0, sorted.size() - holdOut));
        ExampleSet later = new ExampleSet(sorted.subList(sorted.size() - holdOut, sorted.size()));
        int positives = Math.min(earlier.count(1), later.count(1));
        if (positives < config.window().minPositives()) {
            throw new LearningException("of the rarest class there are only " + positives
                    + " examples to learn a first model from or to judge it on, "
                    + config.window().minPositives()
                    + " are asked for (window.min-positives): choose a later --cut");
        }
        FeatureSet features = beginning.manifest().featureSet();
        if (features == null) {
            throw new LearningException("a model of texts was let through");
        }
        TrainingRows rows = later.rows(features.size());
        Manifest like = beginning.manifest();
        double[] drafted = score(LearnedBundle.withoutAnswers(like, learned(earlier)), rows);
        double threshold = DecisionThreshold.bestF1(new ScoredLabels(drafted, later.areOf(1)))
                .value();
        Map<String, byte[]> blobs = learned(known);
        double[] scores = score(LearnedBundle.withoutAnswers(like, blobs), rows);
        return LearnedBundle.of(
                like, blobs, threshold, GoldenSamples.spread(rows, scores), Map.of("learner", learner.name()));
    }

    private Map<String, byte[]> learned(ExampleSet examples) throws LearningException {
        ExampleSet none = new ExampleSet(List.of());
        return learner.learn(beginning, new LearningTask(examples, none, none, config.seed()), LearningProgress.SILENT)
                .blobs();
    }

    private static double[] score(Bundle bundle, TrainingRows rows) {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);
        try (LoadedModel model = loader.load(new ModelRef(bundle.manifest().name(), 1), bundle)) {
            return ParityCheck.score(model, rows);
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException("the first model is refused: " + refused.getMessage(), refused);
        }
    }
}
