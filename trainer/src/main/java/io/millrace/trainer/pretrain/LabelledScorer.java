package io.millrace.trainer.pretrain;

import io.millrace.inference.text.TextEncoder;
import io.millrace.trainer.gradient.ClassifierHead;
import java.util.List;

/**
 * Labelled texts, ready to judge models.
 *
 * <p>Threading: immutable. Lifecycle: sessions are closed before a method returns.
 *
 * @param labels the true class of each text
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record LabelledScorer(TextScorer texts, int[] labels) {

    static LabelledScorer of(TextEncoder encoder, List<LabelledText> texts) {
        return new LabelledScorer(
                TextScorer.of(encoder, texts.stream().map(LabelledText::text).toList()),
                texts.stream().mapToInt(LabelledText::label).toArray());
    }

    TextQuality quality(byte[] model) {
        return TextQuality.of(probabilities(model), labels);
    }

    /** What a model says of each text. */
    float[][] probabilities(byte[] model) {
        return texts.rows(model, ClassifierHead.OUTPUT);
    }
}
