package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.data.HandbookWeek;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The handbook's prequential protocol on features that the stream computed: a training week, a week of waiting for
 * labels, a test week without the customers that are known to be compromised; see {@link HandbookWeek}. The window that
 * is learned from ends with the training week and may begin before it.
 *
 * <p>Threading: confined to one thread. Lifecycle: native memory is freed before {@link #run} returns.
 */
final class HandbookProtocol {
    private static final int WEEK_DAYS = 7;
    private static final int TEST_AFTER_DAYS = 14;
    /** How old a model is that stands in for the pipeline's. */
    static final int STANDING_DAYS = 28;

    private final Bundle bundle;
    private final TrainingConfig training;
    private final ProtocolLearners learners;
    private final FeatureTable table;
    private final Duration labelsAfter;
    private final int cardPlace;

    HandbookProtocol(
            Bundle bundle,
            TrainingConfig training,
            ProtocolLearners learners,
            FeatureTable table,
            Duration labelsAfter,
            int cardPlace) {
        this.bundle = bundle;
        this.training = training;
        this.learners = learners;
        this.table = table;
        this.labelsAfter = labelsAfter;
        this.cardPlace = cardPlace;
    }

    /** Every policy in every fold; {@code step} hears what is being done. */
    List<Fold> run(List<LocalDate> trainStarts, int windowDays, Consumer<String> step) throws LearningException {
        List<Fold> folds = new ArrayList<>();
        for (LocalDate start : trainStarts) {
            HandbookWeek week = HandbookWeek.of(table, start, cardPlace);
            LearningTask task = task(start, windowDays);
            step.accept("fold with the training week from " + start);
            Standing standing = learners.standing(bundle, () -> task(start.minusDays(STANDING_DAYS), windowDays));
            folds.add(fold(
                    start, week, standing.trainingRows(), "static", standing.learner(), standing.bundle(), windowDays));
            Learner adapting = learners.adapting();
            folds.add(fold(
                    start,
                    week,
                    rows(task),
                    "adaptive",
                    adapting.name(),
                    learned(adapting, standing.bundle(), task),
                    windowDays));
            Learner fresh = learners.retraining();
            folds.add(fold(
                    start,
                    week,
                    rows(task),
                    "retrain",
                    fresh.name(),
                    learned(fresh, learners.beginning(bundle, task), task),
                    windowDays));
        }
        return folds;
    }

    static Bundle learned(Learner learner, Bundle from, LearningTask task) throws LearningException {
        return LearnedBundle.withoutAnswers(
                from.manifest(),
                learner.learn(from, task, LearningProgress.SILENT).blobs());
    }

    static int rows(LearningTask task) {
        return task.training().size() + task.validation().size();
    }

    private LearningTask task(LocalDate start, int windowDays) {
        long lastDay = start.toEpochDay() + WEEK_DAYS - 1;
        List<Example> examples = new ArrayList<>();
        for (int row : table.rowsOfDays(lastDay - windowDays + 1, lastDay)) {
            examples.add(example(row));
        }
        int validation = (int) Math.round(training.window().validation() * examples.size());
        List<Example> sorted = new ExampleSet(examples).examples();
        int split = sorted.size() - validation;
        return new LearningTask(
                new ExampleSet(sorted.subList(0, split)),
                new ExampleSet(sorted.subList(split, sorted.size())),
                new ExampleSet(List.of()),
                training.seed());
    }

    private Example example(int row) {
        long timeMillis = table.timeMillis(row);
        return new Example(
                String.format("%010d", row),
                timeMillis,
                timeMillis + labelsAfter.toMillis(),
                table.pack(new int[] {row}).values(),
                null,
                table.positive(row) ? 1 : 0,
                1,
                0,
                1,
                null);
    }

    private Fold fold(
            LocalDate start,
            HandbookWeek week,
            int trainingRows,
            String policy,
            String learner,
            Bundle model,
            int windowDays) {
        int[] rows = week.testRows();
        Quality quality = Quality.of(table, rows, OfflineScorer.score(model, table, rows), cardPlace);
        if (quality.averagePrecision() == null || quality.rocAuc() == null || quality.cardPrecision100() == null) {
            throw new IllegalArgumentException("the test week of the fold from " + start
                    + " has rows of one class only: choose a start inside the file");
        }
        int positives = 0;
        for (boolean positive : table.positives(rows)) {
            positives += positive ? 1 : 0;
        }
        return new Fold(
                start.toString(),
                start.plusDays(TEST_AFTER_DAYS).toString(),
                policy,
                learner,
                featureSet(model),
                trainingRows == 0 ? 0 : windowDays,
                trainingRows,
                rows.length,
                positives,
                quality.rocAuc(),
                quality.averagePrecision(),
                quality.cardPrecision100());
    }

    private static String featureSet(Bundle model) {
        var features = model.manifest().featureSet();
        return features == null ? "none" : features.name();
    }
}
