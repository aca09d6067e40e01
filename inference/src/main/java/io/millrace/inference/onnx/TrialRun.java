package io.millrace.inference.onnx;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a freshly loaded model on rows with known answers, and on batches of one row and of the most rows.
 *
 * <p>Without golden samples the rows are zeros: their answers are not known, but must still be probabilities.
 */
final class TrialRun {
    private final LoadedModel model;
    private final Manifest manifest;
    private final AnswerCheck check;
    private final int maxBatchRows;

    TrialRun(LoadedModel model, AnswerCheck check, int maxBatchRows) {
        this.model = model;
        this.manifest = model.manifest();
        this.check = check;
        this.maxBatchRows = maxBatchRows;
    }

    void run() throws ModelRefusedException {
        runRows(1);
        if (maxBatchRows > 1) {
            runRows(maxBatchRows);
        }
    }

    /** Every golden sample passes through a batch of this many rows; the last batch is filled up with repeats. */
    private void runRows(int rowsPerBatch) throws ModelRefusedException {
        List<double[]> rows = rows();
        ScoreBatch batch = model.newBatch(rowsPerBatch);
        for (int first = 0; first < rows.size(); first += rowsPerBatch) {
            batch.clear();
            for (int i = 0; i < rowsPerBatch; i++) {
                batch.add(rows.get((first + i) % rows.size()));
            }
            score(batch);
            for (int i = 0; i < rowsPerBatch; i++) {
                check(batch, i, (first + i) % rows.size());
            }
        }
    }

    private List<double[]> rows() {
        List<double[]> rows = new ArrayList<>();
        for (GoldenSample sample : manifest.golden()) {
            List<Double> features = sample.features() == null ? List.of() : sample.features();
            rows.add(features.stream().mapToDouble(Double::doubleValue).toArray());
        }
        if (rows.isEmpty()) {
            rows.add(new double[model.width()]);
        }
        return rows;
    }

    private void score(ScoreBatch batch) throws ModelRefusedException {
        try {
            model.score(batch);
        } catch (IllegalStateException e) {
            throw check.runFailed(e);
        }
    }

    private void check(ScoreBatch batch, int row, int sample) throws ModelRefusedException {
        double[] probabilities = new double[batch.classes()];
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] = batch.probability(row, c);
        }
        if (manifest.golden().isEmpty()) {
            check.requireProbabilities(probabilities, "a row of zeros");
        } else {
            check.requireGolden(probabilities, sample);
        }
    }
}
