package io.millrace.trainer.gradient;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.config.TuningSettings;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.tuning.TuningResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a model's lineage says of its tuning.
 *
 * <p>Threading: confined to one thread.
 *
 * @param replayed how many examples of the first domain could be learned again
 * @param frozenBytes of the frozen part's values; negative if none were kept
 */
record TuningNotes(
        TuningSettings config,
        TrainablePart part,
        int replayed,
        Weights weights,
        long frozenBytes,
        TuningResult result,
        double parity) {

    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "gradient",
                "AdamW, learning rate " + config.learningRate() + ", weight decay " + config.weightDecay()
                        + ", warm-up " + config.warmUp() + ", epochs " + config.epochs() + ", batch " + config.batch()
                        + ", clip " + config.clip() + ", patience " + config.patience()
                        + ", stop on " + config.stopOn().name().toLowerCase(Locale.ROOT)
                        + (config.balance() ? ", balanced" : "")
                        + (config.pull() > 0 ? ", pull " + config.pull() : ""));
        if (replayed > 0) {
            lines.put(
                    "replay",
                    replayed + " examples of the first domain, " + config.replayRatio()
                            + " beside each new one, answers of the champion");
        }
        long parameters =
                weights.tuned().values().stream().mapToLong(NDArray::size).sum();
        lines.put("trainable", part + ": " + weights.tuned().size() + " tensors, " + parameters + " numbers");
        lines.put(
                "frozen",
                frozenBytes < 0
                        ? "nothing kept"
                        : frozenBytes + " bytes kept, float16 per token and float32 per example");
        lines.put(
                "tuning",
                result.epochs() + " epochs, " + result.steps() + " steps, " + result.clipped()
                        + " clipped, training loss " + number(result.trainingLoss()));
        lines.put(
                "early-stopping",
                Double.isNaN(result.before().loss())
                        ? "no validation examples, weights of the last epoch"
                        : (replayed > 0 ? "with replayed examples beside: " : "") + "accuracy "
                                + number(result.before().accuracy()) + " before, "
                                + number(result.after().accuracy()) + " after; validation loss "
                                + number(result.before().loss()) + " before, "
                                + number(result.after().loss()) + " after, best epoch " + result.bestEpoch());
        lines.put("export-parity", String.format(Locale.ROOT, "%.1e", parity));
        return lines;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
