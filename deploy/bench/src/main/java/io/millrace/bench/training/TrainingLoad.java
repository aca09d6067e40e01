package io.millrace.bench.training;

import io.millrace.bench.MadeUpTexts;
import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.gradient.NetworkTemplate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.trees.TreesLearner;
import java.util.List;

/**
 * What one learner is given to learn.
 *
 * <p>Threading: immutable.
 *
 * @param name for people
 * @param trainable which part of the model changes
 * @param passes how often each example is learned from
 */
record TrainingLoad(String name, String trainable, Learner learner, Bundle champion, ExampleSet examples, int passes) {
    private static final int NETWORK_PASSES = 3;
    private static final int HEAD_PASSES = 20;
    private static final List<Integer> HIDDEN = List.of(64, 32);

    /** Trees that are added to the champion's. */
    static TrainingLoad trees(Bundle champion, ExampleSet examples) {
        TreesConfig config = TreesConfig.defaults();
        return new TrainingLoad(
                "boosted trees",
                config.rounds() + " more trees",
                new TreesLearner(config),
                champion,
                examples,
                config.rounds());
    }

    /** A small network over the same features. */
    static TrainingLoad network(Bundle trees, ExampleSet examples) {
        var features = trees.manifest().featureSet();
        if (features == null) {
            throw new IllegalArgumentException("model " + trees.manifest().name() + " has no features");
        }
        TrainingRows rows = examples.rows(features.size());
        Bundle network = new NetworkTemplate(HIDDEN, 0)
                .bundle("network", features, trees.manifest().classes(), rows);
        return gradient("network of " + HIDDEN.get(0) + " and " + HIDDEN.get(1), network, examples, NETWORK_PASSES);
    }

    /** The last layer of a text encoder: what lies before it is computed once for each text. */
    static TrainingLoad textHead(MadeUpTexts texts, int count) {
        return gradient("text encoder", texts.classifier("head"), texts.examples(count, 1), HEAD_PASSES);
    }

    /** More of a text encoder than its last layer. */
    static TrainingLoad text(MadeUpTexts texts, String trainable, int count) {
        return gradient("text encoder", texts.classifier(trainable), texts.examples(count, 1), 1);
    }

    private static TrainingLoad gradient(String name, Bundle champion, ExampleSet examples, int passes) {
        GradientConfig config = GradientConfig.of(null, null, null, passes, null, null, null, null, null);
        return new TrainingLoad(
                name,
                String.valueOf(champion.manifest().trainable()),
                new GradientLearner(config, null),
                champion,
                examples,
                passes);
    }
}
