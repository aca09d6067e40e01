package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.TextDecision;
import io.millrace.inference.text.Tokens;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of texts, asked outside of the stream.
 *
 * <p>Threading: stateless. Lifecycle: the session is closed before {@link #of} returns.
 */
final class StaticAnswers {
    private static final int BATCH_TEXTS = 16;

    private final Bundle bundle;
    private final Precision precision;
    private final double threshold;

    /**
     * Prepares a model.
     *
     * @param threshold of two classes, the second is decided on from here on
     */
    StaticAnswers(Bundle bundle, Precision precision, double threshold) {
        this.bundle = bundle;
        this.precision = precision;
        this.threshold = threshold;
    }

    /** One answer for each text, in their order. */
    List<TextAnswer> of(List<String> texts) {
        int threads = Runtime.getRuntime().availableProcessors();
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), threads, BATCH_TEXTS, precision);
        TextAnswer[] answers = new TextAnswer[texts.size()];
        try (LoadedModel model = loader.load(new ModelRef(bundle.manifest().name(), 1), bundle)) {
            List<Tokens> tokens = texts.stream().map(model::encode).toList();
            // Texts of equal length together: hardly any padding.
            int[] order = IntStream.range(0, texts.size())
                    .boxed()
                    .sorted(Comparator.comparingInt(place -> tokens.get(place).length()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            TextBatch batch = model.newTextBatch();
            for (int from = 0; from < order.length; from += BATCH_TEXTS) {
                int to = Math.min(order.length, from + BATCH_TEXTS);
                batch.clear();
                for (int place = from; place < to; place++) {
                    batch.add(tokens.get(order[place]));
                }
                model.score(batch);
                for (int place = from; place < to; place++) {
                    answers[order[place]] = answer(batch, place - from);
                }
            }
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException("the model cannot be judged: " + refused.getMessage(), refused);
        }
        return List.of(answers);
    }

    private TextAnswer answer(TextBatch batch, int row) {
        double[] probabilities = IntStream.range(0, batch.classes())
                .mapToDouble(place -> batch.probability(row, place))
                .toArray();
        int said = TextDecision.label(probabilities, threshold);
        return new TextAnswer(said, probabilities[said]);
    }
}
