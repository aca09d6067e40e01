package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.data.EventFile;
import io.millrace.trainer.data.FeatureReplay;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.data.HandbookWeek;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.trees.ParityCheck;
import io.millrace.trainer.trees.TrainedTrees;
import io.millrace.trainer.trees.TreeTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Judges a finished model by the handbook's protocol on a file that it may never have seen: one test week, labels
 * late by the label delay, customers known to be compromised left out. Beside it, as a yardstick, trees that were
 * grown on the training week of that very file.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #run} returns.
 *
 * @param settings features, columns and delay; the trees of the yardstick
 * @param start first day of the training week; the test week begins 14 days later
 */
public record HandbookEvaluation(PretrainingSettings settings, LocalDate start) {

    private static final int BATCH_ROWS = 512;

    /**
     * What came out.
     *
     * @param model quality of the model in the test week
     * @param yardstick quality of trees grown on the file's own training week
     */
    public record Outcome(FraudQuality model, FraudQuality yardstick) {}

    /** Evaluates on a file in the order of time. */
    public Outcome run(Bundle bundle, Path file, PretrainingProgress progress) throws IOException {
        FeatureSet features = settings.features();
        progress.step("computing features of " + file);
        FeatureTable table;
        try (EventFile events = EventFile.open(file, settings.columns(), features.shape())) {
            table = new FeatureReplay(features, settings.labelDelay()).run(events, progress::featuresDone);
        }
        int cardPlace = features.shape().key(settings.cardKey());
        HandbookWeek week = HandbookWeek.of(table, start, cardPlace);
        TrainingRows test = table.pack(week.testRows());
        progress.step("judging on " + test.rows() + " transactions of the test week");
        FraudQuality model = FraudQuality.of(table, week.testRows(), score(bundle, test), cardPlace);
        TrainedTrees own = new TreeTrainer(settings.trees()).train(table.pack(week.trainingRows()));
        FraudQuality yardstick =
                FraudQuality.of(table, week.testRows(), widened(TreeTrainer.probabilities(own, test)), cardPlace);
        return new Outcome(model, yardstick);
    }

    private static double[] score(Bundle bundle, TrainingRows rows) {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);
        try (LoadedModel model = loader.load(new ModelRef(bundle.manifest().name(), 1), bundle)) {
            return ParityCheck.score(model, rows);
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException("the model cannot be judged: " + refused.getMessage(), refused);
        }
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            wide[index] = values[index];
        }
        return wide;
    }
}
