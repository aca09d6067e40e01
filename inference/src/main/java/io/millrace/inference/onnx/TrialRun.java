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
    /** How far float32 rounding may take probabilities from [0, 1] and their sum from one. */
    private static final double ROUNDING = 1e-4;

    private final LoadedModel model;
    private final Manifest manifest;
    private final int maxBatchRows;

    TrialRun(LoadedModel model, int maxBatchRows) {
        this.model = model;
        this.manifest = model.manifest();
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
            throw refusal(RefusalKind.RUN_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void check(ScoreBatch batch, int row, int sample) throws ModelRefusedException {
        double sum = 0;
        for (int c = 0; c < batch.classes(); c++) {
            double probability = batch.probability(row, c);
            if (!Double.isFinite(probability)) {
                throw refusal(RefusalKind.NOT_FINITE, where(sample, c) + ": the model gives " + probability);
            }
            if (probability < -ROUNDING || probability > 1 + ROUNDING) {
                throw refusal(
                        RefusalKind.NOT_PROBABILITIES,
                        where(sample, c) + ": the model gives " + probability
                                + ", which is no probability; export it with its softmax or sigmoid");
            }
            sum += probability;
        }
        if (Math.abs(sum - 1) > ROUNDING) {
            throw refusal(
                    RefusalKind.NOT_PROBABILITIES,
                    row(sample) + ": the probabilities of all classes add up to " + sum + ", not to 1");
        }
        if (!manifest.golden().isEmpty()) {
            checkGolden(batch, row, sample);
        }
    }

    private void checkGolden(ScoreBatch batch, int row, int sample) throws ModelRefusedException {
        for (int c = 0; c < batch.classes(); c++) {
            double probability = batch.probability(row, c);
            double expected = manifest.golden().get(sample).probabilities().get(c);
            if (Math.abs(probability - expected) > manifest.goldenTolerance()) {
                throw refusal(
                        RefusalKind.GOLDEN_MISMATCH,
                        where(sample, c) + ": the model gives " + probability + ", but " + expected
                                + " was recorded; tolerance is " + manifest.goldenTolerance());
            }
        }
    }

    private String where(int sample, int classIndex) {
        return row(sample) + ", class " + manifest.classes().get(classIndex);
    }

    private String row(int sample) {
        return manifest.golden().isEmpty() ? "a row of zeros" : "golden[" + sample + "]";
    }

    private ModelRefusedException refusal(RefusalKind kind, String reason) {
        return new ModelRefusedException(kind, model.ref(), reason);
    }
}
