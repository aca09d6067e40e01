package io.millrace.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionCsv;
import io.millrace.cli.support.RepositoryRoot;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.data.EventColumns;
import io.millrace.trainer.data.EventFile;
import io.millrace.trainer.data.FeatureReplay;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandbookProtocolTest {
    private static final Duration DELAY = Duration.ofDays(7);
    private static final LocalDate START = LocalDate.of(2018, 4, 20);

    @TempDir
    private Path folder;

    @Test
    void eachFoldHasTheModelAsItIsTheTunedOneAndANewOne() throws IOException, LearningException {
        FeatureTable table = table(42);
        TrainingConfig training = TrainingConfig.of("fraud", null, null, null, null, null, null, null);
        HandbookProtocol protocol =
                new HandbookProtocol(bundle(), training, ProtocolLearners.trees(training.trees()), table, DELAY, 0);

        List<Fold> folds = protocol.run(List.of(START, START.plusDays(1)), 14, step -> {});
        List<FoldMean> means = FoldMean.of(folds);

        assertThat(folds)
                .extracting(Fold::policy)
                .containsExactly("static", "adaptive", "retrain", "static", "adaptive", "retrain");
        assertThat(folds.get(0).testStart()).isEqualTo("2018-05-04");
        assertThat(folds.get(0).trainingRows()).isZero();
        assertThat(folds.get(1).trainingRows())
                .isEqualTo(table.rowsOfDays(START.toEpochDay() - 7, START.toEpochDay() + 6).length);
        assertThat(folds).allSatisfy(fold -> assertThat(fold.averagePrecision()).isBetween(0.0, 1.0));
        assertThat(means).hasSize(3).allSatisfy(mean -> assertThat(mean.folds()).isEqualTo(2));
        assertThat(means.get(2).averagePrecision())
                .isEqualTo(Quality.rounded(
                        (folds.get(2).averagePrecision() + folds.get(5).averagePrecision()) / 2));
        assertThat(protocol.run(List.of(START), 14, step -> {})).isEqualTo(folds.subList(0, 3));
    }

    @Test
    void networksStartFromOneOfFourWeeksBefore() throws IOException, LearningException {
        FeatureTable table = table(56);
        HandbookProtocol protocol = networks(table);
        LocalDate start = START.plusDays(14);

        List<Fold> folds = protocol.run(List.of(start), 14, step -> {});

        assertThat(folds).extracting(Fold::policy).containsExactly("static", "adaptive", "retrain");
        assertThat(folds).extracting(Fold::learner).containsOnly("gradient");
        int earlierRows = table.rowsOfDays(start.toEpochDay() - 35, start.toEpochDay() - 22).length;
        int windowRows = table.rowsOfDays(start.toEpochDay() - 7, start.toEpochDay() + 6).length;
        assertThat(folds).extracting(Fold::trainingRows).containsExactly(earlierRows, windowRows, windowRows);
        assertThat(folds).allSatisfy(fold -> assertThat(fold.rocAuc()).isGreaterThan(0.6));
        assertThat(folds).extracting(Fold::averagePrecision).doesNotHaveDuplicates();
        assertThat(protocol.run(List.of(start), 14, step -> {})).isEqualTo(folds);
    }

    @Test
    void aFoldWithoutRowsOfFourWeeksBeforeIsNoneForNetworks() throws IOException {
        HandbookProtocol protocol = networks(table(42));

        assertThatThrownBy(() -> protocol.run(List.of(START), 14, step -> {}))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("choose a later --train-start");
    }

    private static HandbookProtocol networks(FeatureTable table) {
        TrainingConfig training = TrainingConfig.of("fraud", null, null, null, null, null, null, null);
        return new HandbookProtocol(
                bundle(), training, ProtocolLearners.gradient(training.gradient()), table, DELAY, 0);
    }

    private FeatureTable table(int days) throws IOException {
        Path file = folder.resolve("small.csv");
        TransactionCsv.write(new SimulationSettings(200, 400, days, 12, 3, LocalDate.of(2018, 4, 1)), file, day -> {});
        FeatureSet features = FeatureSets.named(FeatureSets.FRAUD);
        try (EventFile events = EventFile.open(file, EventColumns.HANDBOOK, features.shape())) {
            return new FeatureReplay(features, DELAY).run(events, rows -> {});
        }
    }

    private static Bundle bundle() {
        return BundleFolder.read(RepositoryRoot.find().resolve("deploy/models/fraud"));
    }
}
