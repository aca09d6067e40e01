package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.text.TextEncoder;
import io.millrace.trainer.gradient.ClassifierHead;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts whose answers a model of texts carries: made up here, from plain praise to scripts that the encoder hardly
 * knows, an emoji alone and a text that is longer than it reads.
 *
 * <p>Threading: stateless.
 */
final class SentimentGolden {
    static final List<String> TEXTS = List.of(
            "a warm, funny and beautifully acted film",
            "The battery died after two days and nobody answered my mails.",
            "it arrived on tuesday in a brown box",
            "not bad at all, I would buy it again",
            "Great service?! I waited an hour for cold soup...",
            "<p>Works <b>exactly</b> as described.</p>",
            "Das Essen war hervorragend.",
            "Это было ужасно скучно.",
            "とても良い映画でした。",
            "😡",
            "🎉🎉🎉",
            "the second half drags. ".repeat(60).strip());

    private SentimentGolden() {}

    /** The texts with what a model says of them. */
    static List<GoldenSample> of(TextEncoder encoder, byte[] model) {
        List<GoldenSample> samples = new ArrayList<>();
        float[][] answers = answers(encoder, model);
        for (int i = 0; i < TEXTS.size(); i++) {
            List<Double> probabilities = new ArrayList<>();
            for (float probability : answers[i]) {
                probabilities.add((double) probability);
            }
            samples.add(GoldenSample.ofText(TEXTS.get(i), probabilities));
        }
        return samples;
    }

    /**
     * The largest difference between the recorded answers and those of another form of the model, to each text alone and
     * to all in one batch: int8 rounds by what is in a batch.
     */
    static double worst(List<GoldenSample> samples, TextEncoder encoder, byte[] otherForm) {
        double worst = worst(samples, answers(encoder, otherForm));
        for (int i = 0; i < TEXTS.size(); i++) {
            TextScorer alone = TextScorer.of(encoder, List.of(TEXTS.get(i)));
            worst = Math.max(worst, worst(List.of(samples.get(i)), alone.rows(otherForm, ClassifierHead.OUTPUT)));
        }
        return worst;
    }

    private static double worst(List<GoldenSample> samples, float[][] answers) {
        double worst = 0;
        for (int i = 0; i < answers.length; i++) {
            for (int c = 0; c < answers[i].length; c++) {
                worst = Math.max(worst, Math.abs(samples.get(i).probabilities().get(c) - answers[i][c]));
            }
        }
        return worst;
    }

    private static float[][] answers(TextEncoder encoder, byte[] model) {
        return TextScorer.of(encoder, TEXTS).rows(model, ClassifierHead.OUTPUT);
    }
}
