package io.millrace.trainer.quantize;

import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.gate.Check;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.gradient.tuning.Batches;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes the int8 form of a text classifier and decides whether it may stand beside the model: on texts with known
 * classes it must lose little accuracy, and on this CPU it must be faster.
 *
 * <p>The two score the same batches in turns, on one thread each: what disturbs the machine disturbs both.
 *
 * <p>Threading: confined to one thread. Units: points are hundredths of accuracy. Lifecycle: native memory is freed before
 * a method returns. Same model and texts, same form and same verdict on accuracy; a clock that stands still leaves the
 * whole verdict to it.
 */
public final class Int8Export {
    /** The most points of accuracy that are given up for speed unless told otherwise. */
    public static final double MOST_POINTS_LOST = 0.5;

    /** Name of the only check that depends on the machine. */
    static final String SPEED = "int8-speed";

    private static final String FORM = "int8-form";
    private static final String ACCURACY = "int8-accuracy";
    private static final int BATCH = 32;

    private final double mostPointsLost;
    private final LongSupplier nanoClock;

    public Int8Export(double mostPointsLost, LongSupplier nanoClock) {
        if (!(mostPointsLost >= 0)) {
            throw new IllegalArgumentException("the points to lose must be 0 or more, were " + mostPointsLost);
        }
        this.mostPointsLost = mostPointsLost;
        this.nanoClock = nanoClock;
    }

    /**
     * Makes and judges the int8 form.
     *
     * @param fp32 the model
     * @param output its output, [texts, classes]
     * @param texts that the model did not learn from; not empty
     * @param classes the class of each text
     */
    public Int8Outcome export(byte[] fp32, String output, ModelInputs texts, int[] classes) {
        if (texts.size() == 0 || texts.size() != classes.length) {
            throw new IllegalArgumentException("int8 is judged on texts with a class each: there are " + texts.size()
                    + " texts and " + classes.length + " classes");
        }
        byte[] int8;
        try {
            int8 = Int8Quantizer.quantize(fp32);
        } catch (NotQuantizableException refused) {
            return new Int8Outcome(
                    null,
                    new GateReport(List.of(new Check(
                            FORM, false, null, null, null, "there is no int8 form: " + refused.getMessage()))));
        }
        GateReport report = judge(fp32, int8, output, texts, classes);
        return new Int8Outcome(report.accepted() ? int8 : null, report);
    }

    private GateReport judge(byte[] fp32, byte[] int8, String output, ModelInputs texts, int[] classes) {
        List<int[]> batches = Batches.sorted(texts, BATCH);
        try (Contestant plain = new Contestant(fp32, output);
                Contestant rounded = new Contestant(int8, output)) {
            // The first run of a session is not like those that follow.
            plain.warmUp(texts, batches.get(0));
            rounded.warmUp(texts, batches.get(0));
            for (int[] batch : batches) {
                plain.score(texts, batch, classes);
                rounded.score(texts, batch, classes);
            }
            return new GateReport(List.of(accuracy(plain, rounded, classes.length), speed(plain, rounded)));
        }
    }

    private Check accuracy(Contestant plain, Contestant rounded, int texts) {
        double before = (double) plain.right / texts;
        double after = (double) rounded.right / texts;
        double lost = 100.0 * (plain.right - rounded.right) / texts;
        return new Check(
                ACCURACY,
                lost <= mostPointsLost,
                before,
                after,
                mostPointsLost,
                String.format(
                        Locale.ROOT,
                        "accuracy on %d held-out texts goes from %.4f in float32 to %.4f in int8: %.2f points lost, at"
                                + " most %.2f are allowed",
                        texts,
                        before,
                        after,
                        lost,
                        mostPointsLost));
    }

    private static Check speed(Contestant plain, Contestant rounded) {
        boolean measured = plain.nanos > 0;
        double times = measured ? (double) plain.nanos / Math.max(1, rounded.nanos) : 1;
        return new Check(
                SPEED,
                !measured || times > 1,
                1.0,
                times,
                1.0,
                String.format(
                        Locale.ROOT, "int8 is %.2f times as fast as float32 on this CPU: it must be faster", times));
    }

    /** One of the two forms, with what is counted of it. */
    private final class Contestant implements AutoCloseable {
        private final GraphSession session;
        private final String output;
        private int right;
        private long nanos;

        Contestant(byte[] model, String output) {
            this.session = GraphSession.open(model);
            this.output = output;
        }

        void warmUp(ModelInputs texts, int[] batch) {
            session.run(fed(texts, batch), output);
        }

        void score(ModelInputs texts, int[] batch, int[] classes) {
            Map<String, HostTensor> fed = fed(texts, batch);
            long startNanos = nanoClock.getAsLong();
            float[] probabilities = session.run(fed, output).requireFloats();
            nanos += nanoClock.getAsLong() - startNanos;
            int width = probabilities.length / batch.length;
            for (int row = 0; row < batch.length; row++) {
                right += likeliest(probabilities, row * width, width) == classes[batch[row]] ? 1 : 0;
            }
        }

        private Map<String, HostTensor> fed(ModelInputs texts, int[] batch) {
            Map<String, HostTensor> fed = new HashMap<>(texts.batch(batch, texts.longest(batch)));
            fed.keySet().retainAll(session.inputs());
            return fed;
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static int likeliest(float[] probabilities, int from, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = probabilities[from + i] > probabilities[from + best] ? i : best;
        }
        return best;
    }
}
