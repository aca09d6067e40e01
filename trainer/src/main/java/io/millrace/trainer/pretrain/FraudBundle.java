package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.data.GoldenSamples;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.trees.BoostedTrees;
import io.millrace.trainer.trees.Parity;
import io.millrace.trainer.trees.ParityCheck;
import io.millrace.trainer.trees.TrainedTrees;
import io.millrace.trainer.trees.TreeEnsembleExport;
import io.millrace.trainer.trees.TreeTrainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packs trees into a bundle: the ONNX model, the booster to go on from, and golden samples.
 *
 * <p>Threading: confined to one thread. Lifecycle: sessions are closed before a method returns.
 */
final class FraudBundle {

    static final List<String> CLASSES = List.of("LEGITIMATE", "FRAUD");

    /** The booster itself, which further training continues. */
    static final String BOOSTER_BLOB = "booster.ubj";

    private static final int BATCH_ROWS = 512;

    private final PretrainingSettings settings;
    private final TrainedTrees trees;
    private final Map<String, byte[]> blobs = new LinkedHashMap<>();

    FraudBundle(PretrainingSettings settings, TrainedTrees trees) {
        this.settings = settings;
        this.trees = trees;
        blobs.put(Bundle.MODEL_BLOB, TreeEnsembleExport.toOnnx(BoostedTrees.ofXgboostJson(trees.json())));
        blobs.put(BOOSTER_BLOB, trees.booster());
    }

    /** Scores the rows as the stream will, and fails unless the trees themselves say the same. */
    Parity requireParity(TrainingRows rows) {
        try (LoadedModel model = load(Bundle.of(manifest().build(), blobs))) {
            return ParityCheck.requireEqual(model, rows, TreeTrainer.probabilities(trees, rows));
        }
    }

    /**
     * The whole bundle, loaded once for a test.
     *
     * @param rows where the golden samples are taken from
     * @param scores the model's scores of these rows
     */
    Bundle finish(double threshold, Map<String, String> lineage, TrainingRows rows, double[] scores) {
        ManifestBuilder manifest =
                manifest().threshold(threshold).golden(GoldenSamples.TOLERANCE, GoldenSamples.spread(rows, scores));
        lineage.forEach(manifest::lineage);
        Bundle bundle = Bundle.of(manifest.build(), blobs);
        load(bundle).close();
        return bundle;
    }

    private ManifestBuilder manifest() {
        return new ManifestBuilder(settings.model(), Task.BINARY_CLASSIFICATION, CLASSES)
                .featureSet(settings.features())
                .trainable(BOOSTER_BLOB)
                .description("Probability that a card transaction is a fraud: boosted trees over "
                        + settings.features().name());
    }

    private LoadedModel load(Bundle bundle) {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);
        try {
            return loader.load(new ModelRef(settings.model(), 1), bundle);
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException(
                    "the new model would be refused by the stream: " + refused.getMessage(), refused);
        }
    }
}
