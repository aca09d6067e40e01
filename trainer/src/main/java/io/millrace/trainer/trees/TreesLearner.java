package io.millrace.trainer.trees;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.proto.TreeEnsemble;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Goes on from the champion's booster: adds trees that learn from training, validation and replay together, since
 * trees need no early stopping. A round that would pass the most trees that are allowed grows a model from nothing.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #learn} returns.
 */
public final class TreesLearner implements Learner {
    private static final float LARGEST_VALUE = 1e30f;

    private final TreesConfig config;

    public TreesLearner(TreesConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "trees";
    }

    @Override
    public Candidate learn(Bundle champion, LearningTask task, LearningProgress progress) throws LearningException {
        BoosterBlob before = BoosterBlob.of(champion);
        requireFitting(champion.manifest(), before);
        // A weight of nothing would still count as a row of its class.
        ExampleSet examples =
                task.training().and(task.validation()).and(task.replay()).where(example -> example.weight() > 0);
        TrainingRows rows = rows(examples, before.width());
        boolean fresh = before.trees() + config.rounds() > config.maxTrees();
        TreeSettings settings = settings(fresh ? config.freshRounds() : config.rounds(), task.seed());

        String step = "growing " + settings.rounds() + " trees on " + rows.rows() + " examples";
        progress.at(step, 0, settings.rounds());
        TrainedTrees trained = grow(settings, fresh, before, rows, examples.weights());
        progress.at(step, settings.rounds(), settings.rounds());

        progress.at(LearningProgress.COMPARING, 0, 1);
        BoostedTrees after = BoostedTrees.ofXgboostJson(trained.json());
        Map<String, byte[]> blobs = new LinkedHashMap<>(champion.blobs());
        blobs.put(Bundle.MODEL_BLOB, TreeEnsembleExport.toOnnx(after));
        blobs.put(BoosterBlob.PATH, trained.booster());
        double parity = ExportedTrees.parity(champion.manifest(), blobs, trained, rows);
        progress.at(LearningProgress.COMPARING, 1, 1);

        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("mode", fresh ? "grown from nothing" : "continued from the champion's booster");
        notes.put("trees", settings.describe());
        notes.put("trees-before", String.valueOf(before.trees()));
        notes.put("trees-after", String.valueOf(after.trees().size()));
        notes.put("export-parity", String.format(Locale.ROOT, "%.1e", parity));
        return new Candidate(blobs, notes);
    }

    private TreeSettings settings(int rounds, long seed) {
        TreeSettings standard = TreeSettings.STANDARD;
        return new TreeSettings(
                rounds, config.learningRate(), config.maxDepth(), standard.minChildWeight(), standard.lambda(), seed);
    }

    private static TrainedTrees grow(
            TreeSettings settings, boolean fresh, BoosterBlob before, TrainingRows rows, float[] weights)
            throws LearningException {
        TreeTrainer trainer = new TreeTrainer(settings);
        try {
            return fresh ? trainer.train(rows, weights) : trainer.continueFrom(before.bytes(), rows, weights);
        } catch (IllegalArgumentException | IllegalStateException failure) {
            throw new LearningException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static TrainingRows rows(ExampleSet examples, int width) throws LearningException {
        try {
            return bounded(examples.rows(width));
        } catch (IllegalArgumentException otherWidth) {
            throw new LearningException(String.valueOf(otherWidth.getMessage()), otherWidth);
        }
    }

    /**
     * XGBoost refuses all rows for one infinite value, such as an amount beyond float32. Trees only ask which of two
     * values is larger, so the bound stands for all beyond it.
     */
    private static TrainingRows bounded(TrainingRows rows) {
        float[] values = rows.values();
        for (int place = 0; place < values.length; place++) {
            if (Math.abs(values[place]) > LARGEST_VALUE) {
                values[place] = Math.copySign(LARGEST_VALUE, values[place]);
            }
        }
        return rows;
    }

    private static void requireFitting(Manifest manifest, BoosterBlob booster) throws LearningException {
        FeatureSet features = manifest.featureSet();
        if (features == null || manifest.classes().size() != 2) {
            throw new LearningException("model " + manifest.name() + " with classes " + manifest.classes()
                    + " is not a yes-or-no question about features: the trees learner cannot continue it");
        }
        if (booster.width() != features.size()) {
            throw new LearningException("model " + manifest.name() + ": the booster takes " + booster.width()
                    + " features, feature set '" + features.name() + "' has " + features.size()
                    + ": publish a version whose files belong together");
        }
        if (!manifest.input().equals(TreeEnsemble.INPUT) || !manifest.output().equals(TreeEnsemble.OUTPUT)) {
            throw new LearningException("model " + manifest.name() + " calls its input '" + manifest.input()
                    + "' and its output '" + manifest.output() + "', exported trees call them '" + TreeEnsemble.INPUT
                    + "' and '" + TreeEnsemble.OUTPUT + "': publish a version with these names");
        }
    }
}
