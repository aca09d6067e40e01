package io.millrace.inference.onnx;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.text.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a freshly loaded model on texts with known answers, each alone and several in a batch, so that padding is shown
 * to change nothing; and on a text that is as long as a text may be.
 */
final class TextTrialRun {
    /** A text without a known answer: what it gives must still be probabilities. */
    private static final String UNKNOWN = "a text";

    /** A batch of a transformer takes long enough to need no more to warm up. */
    private static final int MOST_TEXTS = 16;

    private final LoadedModel model;
    private final Manifest manifest;
    private final AnswerCheck check;
    private final int maxBatchTexts;

    TextTrialRun(LoadedModel model, AnswerCheck check, int maxBatchRows) {
        this.model = model;
        this.manifest = model.manifest();
        this.check = check;
        this.maxBatchTexts = Math.min(maxBatchRows, MOST_TEXTS);
    }

    /** @param maxTokens tokens of the longest text */
    void run(int maxTokens) throws ModelRefusedException {
        TextBatch batch = model.newTextBatch();
        List<Tokens> golden = new ArrayList<>();
        for (GoldenSample sample : manifest.golden()) {
            golden.add(model.encode(String.valueOf(sample.text())));
        }
        for (int textsPerBatch : new int[] {1, maxBatchTexts}) {
            for (int first = 0; first < golden.size(); first += textsPerBatch) {
                runGolden(batch, golden, first, Math.min(golden.size(), first + textsPerBatch));
            }
        }
        batch.clear();
        batch.add(model.encode((UNKNOWN + " ").repeat(maxTokens)));
        score(batch);
        check.requireProbabilities(probabilities(batch, 0), "a text of " + batch.longest() + " tokens");
    }

    private void runGolden(TextBatch batch, List<Tokens> golden, int first, int end) throws ModelRefusedException {
        batch.clear();
        golden.subList(first, end).forEach(batch::add);
        score(batch);
        for (int sample = first; sample < end; sample++) {
            check.requireGolden(probabilities(batch, sample - first), sample);
        }
    }

    private void score(TextBatch batch) throws ModelRefusedException {
        try {
            model.score(batch);
        } catch (IllegalStateException e) {
            throw check.runFailed(e);
        }
    }

    private static double[] probabilities(TextBatch batch, int row) {
        double[] probabilities = new double[batch.classes()];
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] = batch.probability(row, c);
        }
        return probabilities;
    }
}
