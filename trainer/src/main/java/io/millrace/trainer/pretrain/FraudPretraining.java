package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.data.EventFile;
import io.millrace.trainer.data.FeatureReplay;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.trees.Parity;
import io.millrace.trainer.trees.TrainedTrees;
import io.millrace.trainer.trees.TreeTrainer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a first fraud model from a file of past transactions: replays them through the stream's own features with
 * labels as late as in life, learns from the earlier days, judges on the later ones, and packs the result.
 *
 * <p>The decision threshold is the cut with the highest F1 on the hold-out.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #run} returns. The same
 * file content, settings and code give the same bundle, byte by byte.
 */
public final class FraudPretraining {

    private final PretrainingSettings settings;
    private final PretrainingProgress progress;

    public FraudPretraining(PretrainingSettings settings, PretrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Trains on a file in the order of time. */
    public Pretrained run(Path input) throws IOException {
        String contentSha256;
        FeatureTable table;
        try (EventFile file =
                EventFile.open(input, settings.columns(), settings.features().shape())) {
            progress.step("computing features of " + input);
            table = new FeatureReplay(settings.features(), settings.labelDelay()).run(file, progress::featuresDone);
            contentSha256 = file.sha256OfContent();
        }
        return run(table, contentSha256);
    }

    private Pretrained run(FeatureTable table, String contentSha256) {
        DaySplit split = DaySplit.of(table, settings);
        TrainingRows training = table.pack(split.trainingRows(table));
        progress.step("growing " + settings.trees().rounds() + " trees on " + training.rows() + " transactions, "
                + training.positiveCount() + " of them frauds");
        TrainedTrees trees = new TreeTrainer(settings.trees()).train(training);

        int[] holdOutRows = split.holdOutRows(table);
        TrainingRows holdOut = table.pack(holdOutRows);
        progress.step("judging on " + holdOut.rows() + " later transactions");
        FraudBundle draft = new FraudBundle(settings, trees);
        Parity parity = draft.requireParity(holdOut);
        double[] scores = parity.scores();
        DecisionThreshold threshold = DecisionThreshold.bestF1(new ScoredLabels(scores, table.positives(holdOutRows)));
        int cardPlace = settings.features().shape().key(settings.cardKey());
        FraudQuality quality = FraudQuality.of(table, holdOutRows, scores, cardPlace);
        FraudLineage lineage = new FraudLineage(
                settings, split, contentSha256, table.rows(), training, quality, threshold, parity.worst());
        Bundle bundle = draft.finish(threshold.value(), lineage.entries(), holdOut, scores);
        return new Pretrained(bundle, quality, parity.worst());
    }
}
