package io.millrace.trainer.round;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.Tokens;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
        int[] byLength = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparingInt(text -> tokens.get(text).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        TextBatch batch = model.newTextBatch();
        double[][] probabilities = new double[texts.size()][batch.classes()];
        for (int start = 0; start < byLength.length; start += BATCH) {
            int end = Math.min(byLength.length, start + BATCH);
            batch.clear();
            for (int place = start; place < end; place++) {
                batch.add(tokens.get(byLength[place]));
            }
            model.score(batch);
            for (int place = start; place < end; place++) {
                for (int c = 0; c < batch.classes(); c++) {
                    probabilities[byLength[place]][c] = batch.probability(place - start, c);
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
     * The class that each text is put in: of two the last one from a threshold on, of more the likeliest.
     *
     * @param threshold is of no use where there are more than two classes
     */
    public int[] decided(double threshold) {
        return Arrays.stream(probabilities)
                .mapToInt(row -> classes == 2 ? (row[1] >= threshold ? 1 : 0) : likeliest(row))
                .toArray();
    }

    private static int likeliest(double[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }
}
