package io.millrace.trainer.trees;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.learn.LearningException;
import java.util.Map;

/**
 * Loads exported trees as the stream would and compares their answers with the trees' own.
 *
 * <p>Threading: stateless. Lifecycle: the session is closed before a method returns.
 */
final class ExportedTrees {
    private static final int BATCH_ROWS = 512;

    /** So many rows tell a wrong export from a right one; all of a long window would only cost time. */
    private static final int MOST_ROWS = 20_000;

    private ExportedTrees() {}

    /**
     * The largest difference between the exported model and its trees.
     *
     * @param champion what the new model keeps of it: name, classes and features; its golden samples are not asked for
     */
    static double parity(Manifest champion, Map<String, byte[]> blobs, TrainedTrees trees, TrainingRows rows)
            throws LearningException {
        Manifest manifest = new ManifestBuilder(champion.name(), champion.task(), champion.classes())
                .featureSet(champion.featureSet())
                .build();
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);
        TrainingRows sample = spread(rows);
        try (LoadedModel model = loader.load(new ModelRef(champion.name(), 1), Bundle.of(manifest, blobs))) {
            return ParityCheck.requireEqual(model, sample, TreeTrainer.probabilities(trees, sample))
                    .worst();
        } catch (ModelRefusedException | IllegalStateException failure) {
            throw new LearningException(
                    "the trees of model " + champion.name() + " cannot be exported: " + failure.getMessage(), failure);
        }
    }

    private static TrainingRows spread(TrainingRows rows) {
        int step = (rows.rows() + MOST_ROWS - 1) / MOST_ROWS;
        int count = (rows.rows() + step - 1) / step;
        float[] values = new float[count * rows.width()];
        float[] labels = new float[count];
        for (int place = 0; place < count; place++) {
            int row = place * step;
            System.arraycopy(rows.values(), row * rows.width(), values, place * rows.width(), rows.width());
            labels[place] = rows.labels()[row];
        }
        return new TrainingRows(values, labels, rows.width());
    }
}
