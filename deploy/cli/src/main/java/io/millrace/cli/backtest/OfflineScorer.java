package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.trees.ParityCheck;
import java.util.Arrays;

/**
 * What a model would have said of rows that the stream computed the features of.
 *
 * <p>Threading: stateless. Lifecycle: the session is closed before a method returns.
 */
final class OfflineScorer {
    private static final int BATCH_ROWS = 512;
    /** Bounds the memory of packed rows. */
    private static final int CHUNK_ROWS = 1 << 16;

    private OfflineScorer() {}

    /** Probabilities of the positive class, row by row. */
    static double[] score(Bundle bundle, FeatureTable table, int[] rows) {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);
        double[] scores = new double[rows.length];
        try (LoadedModel model = loader.load(new ModelRef(bundle.manifest().name(), 1), bundle)) {
            for (int start = 0; start < rows.length; start += CHUNK_ROWS) {
                int[] chunk = Arrays.copyOfRange(rows, start, Math.min(rows.length, start + CHUNK_ROWS));
                double[] some = ParityCheck.score(model, table.pack(chunk));
                System.arraycopy(some, 0, scores, start, some.length);
            }
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException("the model cannot be judged: " + refused.getMessage(), refused);
        }
        return scores;
    }
}
