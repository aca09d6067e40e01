package io.millrace.trainer.round;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.TextDecision;
import io.millrace.inference.text.Tokens;
import io.millrace.trainer.gradient.tuning.Batches;
import io.millrace.trainer.gradient.tuning.TextInputs;
import java.util.Arrays;
import java.util.List;

/**
 * What a model says of texts.
 *
 * <p>Threading: immutable as long as nobody writes into the rows.
 *
 * @param classes probabilities per text
 * @param probabilities text by text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TextAnswers(int classes, double[][] probabilities) {
    private static final int BATCH = 32;

    /** Asks a model, of texts of about the same length at a time. */
    public static TextAnswers of(LoadedModel model, List<String> texts) {
        List<Tokens> tokens = texts.stream().map(model::encode).toList();
        TextBatch batch = model.newTextBatch();
        double[][] probabilities = new double[texts.size()][batch.classes()];
        for (int[] some : Batches.sorted(new TextInputs(tokens), BATCH)) {
            batch.clear();
            for (int text : some) {
                batch.add(tokens.get(text));
            }
            model.score(batch);
            for (int row = 0; row < some.length; row++) {
                for (int c = 0; c < batch.classes(); c++) {
                    probabilities[some[row]][c] = batch.probability(row, c);
                }
            }
        }
        return new TextAnswers(batch.classes(), probabilities);
    }

    /** The probability of the last class of each text. */
    public double[] positive() {
        return Arrays.stream(probabilities).mapToDouble(row -> row[classes - 1]).toArray();
    }

    /**
     * The class that each text is put in, as the stream does.
     *
     * @param threshold is of no use where there are more than two classes
     */
    public int[] decided(double threshold) {
        return Arrays.stream(probabilities)
                .mapToInt(row -> TextDecision.label(row, threshold))
                .toArray();
    }
}
