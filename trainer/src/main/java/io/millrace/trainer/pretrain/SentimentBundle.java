package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.inference.bundle.assembly.SmallForm;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.text.TextEncoder;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.ReplayMaker;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.quantize.Int8Export;
import io.millrace.trainer.quantize.Int8Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Packs a tuned classifier of texts: small form, calibration, int8 form, golden samples, replay set and figures.
 *
 * <p>What is calibrated, quantised, judged and packed is the model that the small form stands for, not the one that was
 * tuned.
 *
 * <p>Threading: confined to one thread. Lifecycle: sessions are closed before a method returns.
 */
final class SentimentBundle {
    static final String INT8_BLOB = "model.int8.onnx";

    /** Room for other instruction sets, and for the shortened floats of a GPU. */
    private static final double GOLDEN_TOLERANCE = 0.005;

    /** The most that a form may answer a golden sample otherwise. */
    private static final double MOST_INT8_DIFFERENCE = 0.2;

    private static final double LEAST_INT8_TOLERANCE = 0.05;

    private static final int TRIAL_TEXTS = 16;

    private final SentimentSettings settings;
    private final BaseFiles base;
    private final TextEncoder encoder;
    private final LongSupplier nanoClock;
    private final PretrainingProgress progress;

    SentimentBundle(
            SentimentSettings settings,
            BaseFiles base,
            TextEncoder encoder,
            LongSupplier nanoClock,
            PretrainingProgress progress) {
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.base = base;
        this.encoder = encoder;
        this.progress = progress;
    }

    PretrainedSentiment pack(
            byte[] tuned,
            SentimentLineage lineage,
            PhraseSplit split,
            List<LabelledText> test,
            ExampleSet replayed,
            ExampleSet heldOutExamples)
            throws LearningException {
        LabelledScorer heldOut = LabelledScorer.of(encoder, split.heldOut());
        progress.step("coding what was tuned with " + settings.weightBits() + " bits a number");
        float[][] uncalibrated = heldOut.probabilities(small(tuned).model(base));
        Temperature temperature = Temperature.fit(uncalibrated, heldOut.labels());
        SmallForm form = small(temperature.fold(tuned));
        byte[] model = form.model(base);
        progress.step("writing the int8 form, and judging on " + split.heldOut().size() + " held-out sentences");
        Int8Outcome outcome = new Int8Export(Int8Export.MOST_POINTS_LOST, nanoClock)
                .export(model, ClassifierHead.OUTPUT, heldOut.texts().inputs(), heldOut.labels());
        byte[] int8 = outcome.model();
        List<GoldenSample> golden = SentimentGolden.of(encoder, model);
        ManifestBuilder manifest = new ManifestBuilder(settings.model(), Task.TEXT_CLASSIFICATION, settings.classes())
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(settings.maxTokens()))
                .golden(GOLDEN_TOLERANCE, golden)
                .trainable("head")
                .licence("MIT")
                .description(
                        "Sentiment of an English text: " + settings.encoder().model() + ", tuned on sentences");
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put(Bundle.MODEL_BLOB, model);
        blobs.put(Bundle.TOKENIZER_BLOB, settings.encoder().tokenizerBytes(base));
        if (int8 != null) {
            blobs.put(INT8_BLOB, int8);
            manifest.quantized(new Quantized(INT8_BLOB, int8Tolerance(golden, int8)));
        }

        progress.step("judging on " + test.size() + " sentences of the test");
        LabelledScorer tested = LabelledScorer.of(encoder, test);
        SentimentFigures figures = new SentimentFigures(
                heldOut.quality(tuned),
                TextQuality.of(uncalibrated, heldOut.labels()),
                heldOut.quality(model),
                int8 == null ? null : heldOut.quality(int8),
                tested.quality(model),
                int8 == null ? null : tested.quality(int8));
        lineage.entries(figures, temperature, outcome.lineage()).forEach(manifest::lineage);
        blobs.put(ReplaySet.BLOB, replaySet(Bundle.of(manifest.build(), blobs), replayed, heldOutExamples));
        Bundle bundle = Bundle.of(manifest.build(), blobs);
        requireLoadable(bundle);
        return new PretrainedSentiment(bundle, form, figures);
    }

    /** Twice what was seen: other batches and other instructions round otherwise. */
    private double int8Tolerance(List<GoldenSample> golden, byte[] int8) throws LearningException {
        double worst = SentimentGolden.worst(golden, encoder, int8);
        if (worst > MOST_INT8_DIFFERENCE) {
            throw new LearningException("the int8 form answers a golden sample otherwise by " + worst + ", allowed is "
                    + MOST_INT8_DIFFERENCE);
        }
        return Math.max(LEAST_INT8_TOLERANCE, Math.ceil(worst * 200) / 100);
    }

    private void requireLoadable(Bundle bundle) throws LearningException {
        progress.step("loading it as a stream would");
        for (Precision precision : List.of(Precision.FP32, Precision.AUTO)) {
            ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, TRIAL_TEXTS, precision);
            try {
                loader.load(new ModelRef(settings.model(), 1), bundle).close();
            } catch (ModelRefusedException refused) {
                throw new LearningException(
                        "the new model would be refused by the stream: " + refused.getMessage(), refused);
            }
        }
    }

    private SmallForm small(byte[] tuned) {
        return settings.encoder().smallForm(base, tuned, settings.weightBits());
    }

    private byte[] replaySet(Bundle model, ExampleSet learned, ExampleSet judging) throws LearningException {
        progress.step("keeping " + (learned.size() + judging.size()) + " sentences as what the encoder makes of them");
        return ReplayFile.write(ReplayMaker.of(model, learned, judging, progress::tuning));
    }
}
