package io.millrace.inference.onnx;

import io.millrace.inference.bundle.Manifest;

/** Compares what a freshly loaded model answers with what answers are, and with the recorded ones. */
final class AnswerCheck {
    /** How far float32 rounding may take probabilities from [0, 1] and their sum from one. */
    private static final double ROUNDING = 1e-4;

    private final ModelRef ref;
    private final Manifest manifest;
    private final double goldenTolerance;

    AnswerCheck(ModelRef ref, Manifest manifest, double goldenTolerance) {
        this.ref = ref;
        this.manifest = manifest;
        this.goldenTolerance = goldenTolerance;
    }

    /**
     * Requires that these are probabilities of all classes.
     *
     * @param subject what was asked, for the reason of a refusal
     */
    void requireProbabilities(double[] probabilities, String subject) throws ModelRefusedException {
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            double probability = probabilities[c];
            if (!Double.isFinite(probability)) {
                throw refusal(RefusalKind.NOT_FINITE, where(subject, c) + ": the model gives " + probability);
            }
            if (probability < -ROUNDING || probability > 1 + ROUNDING) {
                throw refusal(
                        RefusalKind.NOT_PROBABILITIES,
                        where(subject, c) + ": the model gives " + probability
                                + ", which is no probability; export it with its softmax or sigmoid");
            }
            sum += probability;
        }
        if (Math.abs(sum - 1) > ROUNDING) {
            throw refusal(
                    RefusalKind.NOT_PROBABILITIES,
                    subject + ": the probabilities of all classes add up to " + sum + ", not to 1");
        }
    }

    /** Requires the answers that the manifest records for a golden sample. */
    void requireGolden(double[] probabilities, int sample) throws ModelRefusedException {
        String subject = golden(sample);
        requireProbabilities(probabilities, subject);
        for (int c = 0; c < probabilities.length; c++) {
            double expected = manifest.golden().get(sample).probabilities().get(c);
            if (Math.abs(probabilities[c] - expected) > goldenTolerance) {
                throw refusal(
                        RefusalKind.GOLDEN_MISMATCH,
                        where(subject, c) + ": the model gives " + probabilities[c] + ", but " + expected
                                + " was recorded; tolerance is " + goldenTolerance);
            }
        }
    }

    ModelRefusedException runFailed(IllegalStateException e) {
        return refusal(RefusalKind.RUN_FAILED, String.valueOf(e.getMessage()));
    }

    static String golden(int sample) {
        return "golden[" + sample + "]";
    }

    private String where(String subject, int classIndex) {
        return subject + ", class " + manifest.classes().get(classIndex);
    }

    private ModelRefusedException refusal(RefusalKind kind, String reason) {
        return new ModelRefusedException(kind, ref, reason);
    }
}
