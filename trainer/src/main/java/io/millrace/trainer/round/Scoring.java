package io.millrace.trainer.round;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Speed;
import java.util.List;

/**
 * How a round asks its models: of rows of features, or of texts.
 *
 * <p>Threading: confined to one thread.
 */
interface Scoring {

    /** What the two say of the same examples. */
    Comparison compare(LoadedModel champion, LoadedModel candidate, ExampleSet examples);

    /** How long the two take for the same examples. */
    Speed speed(LoadedModel champion, LoadedModel candidate, ExampleSet examples);

    /** From which probability on the candidate says yes, and why so. */
    Threshold threshold(Manifest champion, Comparison holdOut);

    /**
     * Inputs with the candidate's answers, for its manifest.
     *
     * @param scores the candidate's scores of the hold-out
     */
    List<GoldenSample> golden(LoadedModel champion, LoadedModel candidate, ExampleSet holdOut, double[] scores);

    /**
     * A threshold.
     *
     * @param reason for the lineage
     */
    record Threshold(double value, String reason) {}
}
