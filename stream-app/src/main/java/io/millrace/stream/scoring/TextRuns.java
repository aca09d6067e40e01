package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.Tokens;
import io.millrace.stream.runtime.PipelineMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a version about texts, in groups of like length.
 *
 * <p>Threading: confined to its batch, as {@link Scorer} says. Lifecycle: its buffers grow to the largest group, which the budget bounds.
 */
final class TextRuns {
    private static final Logger log = LoggerFactory.getLogger(TextRuns.class);

    private final int mostTokens;
    private final TextBatch batch;
    private final LongSupplier nanoClock;
    private final PipelineMeters meters;

    /** @param mostTokens of a group, padding among them */
    TextRuns(int mostTokens, int classes, LongSupplier nanoClock, PipelineMeters meters) {
        this.mostTokens = mostTokens;
        this.batch = new TextBatch(classes);
        this.nanoClock = nanoClock;
        this.meters = meters;
    }

    /** Asks about texts that were read by this version and not answered; each has an answer or a failure then. */
    void run(LoadedModel model, List<AskedText> texts) {
        int[] lengths = texts.stream().mapToInt(text -> tokens(text).length()).toArray();
        for (List<Integer> group : LengthGroups.of(lengths, mostTokens)) {
            List<AskedText> together = new ArrayList<>(group.size());
            group.forEach(index -> together.add(texts.get(index)));
            runTogether(model, together);
        }
        batch.clear();
    }

    private void runTogether(LoadedModel model, List<AskedText> texts) {
        long startNanos = nanoClock.getAsLong();
        fill(texts);
        try {
            model.score(batch);
        } catch (IllegalStateException e) {
            if (texts.size() == 1) {
                texts.get(0).failed(String.valueOf(e.getMessage()));
                return;
            }
            log.atWarn()
                    .addKeyValue("model", model.ref())
                    .addKeyValue("texts", texts.size())
                    .setCause(e)
                    .log("a batch failed and is scored text by text");
            texts.forEach(text -> runTogether(model, List.of(text)));
            return;
        }
        long tookNanos = nanoClock.getAsLong() - startNanos;
        meters.texts()
                .run(texts.stream().mapToInt(text -> tokens(text).length()).sum(), batch.rows() * batch.longest());
        meters.batch(texts.size(), tookNanos);
        for (int row = 0; row < texts.size(); row++) {
            answer(model, texts.get(row), row);
        }
    }

    private void fill(List<AskedText> texts) {
        batch.clear();
        texts.forEach(text -> batch.add(tokens(text)));
    }

    private void answer(LoadedModel model, AskedText text, int row) {
        double[] probabilities = new double[batch.classes()];
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] = batch.probability(row, c);
            if (!Double.isFinite(probabilities[c])) {
                text.failed(model.ref() + " gave " + probabilities[c]);
                return;
            }
        }
        text.answered(probabilities);
    }

    private static Tokens tokens(AskedText text) {
        return Objects.requireNonNull(text.unanswered(), "a text that was not read");
    }
}
