package io.millrace.trainer.pretrain;

import io.millrace.trainer.CodeVersions;
import io.millrace.trainer.round.LineageKeys;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model of texts came from, for its manifest. Nothing in it depends on the clock or on where files lie.
 *
 * <p>Threading: immutable.
 *
 * @param notes of the learner
 */
record SentimentLineage(
        SentimentSettings settings,
        LabelledTexts training,
        LabelledTexts test,
        PhraseSplit split,
        Map<String, String> notes) {

    /**
     * In the order in which a reader asks.
     *
     * @param int8 what was found about the int8 form
     */
    Map<String, String> entries(SentimentFigures figures, Temperature temperature, Map<String, String> int8) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(LineageKeys.CODE, CodeVersions.ofThisBuild().ofAllLearners());
        entries.put(LineageKeys.SEED, String.valueOf(settings.seed()));
        entries.put(
                "base",
                settings.encoder().artifact() + ", " + settings.encoder().model());
        entries.put("data-sha256", training.sha256());
        entries.put(
                "training",
                split.training().size() + " of " + training.texts().size()
                        + " texts; no phrase of a held-out sentence");
        entries.put("hold-out", split.heldOut().size() + " sentences; they chose the epoch and the temperature");
        entries.put("test-sha256", test.sha256());
        entries.put("test", test.texts().size() + " texts, judged on once, after everything was chosen");
        entries.putAll(notes);
        entries.put("weights", "base + " + settings.weightBits() + "-bit differences, a scale for each row");
        entries.put("temperature", number(temperature.value()) + ", folded into the head");
        entries.put("hold-out-as-tuned", words(figures.tuned()));
        entries.put("hold-out-coded", words(figures.coded()));
        entries.put("hold-out-fp32", words(figures.fp32HeldOut()));
        put(entries, "hold-out-int8", figures.int8HeldOut());
        entries.put("test-fp32", words(figures.fp32Test()));
        put(entries, "test-int8", figures.int8Test());
        entries.putAll(int8);
        entries.put(LineageKeys.HOLD_OUT_LOG_LOSS, number(figures.fp32HeldOut().logLoss()));
        return entries;
    }

    private static void put(Map<String, String> entries, String key, @Nullable TextQuality quality) {
        if (quality != null) {
            entries.put(key, words(quality));
        }
    }

    private static String words(TextQuality quality) {
        return "accuracy " + number(quality.accuracy()) + ", balanced " + number(quality.balancedAccuracy())
                + ", log loss " + number(quality.logLoss()) + ", Brier " + number(quality.brier())
                + ", calibration error " + number(quality.calibrationError());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
