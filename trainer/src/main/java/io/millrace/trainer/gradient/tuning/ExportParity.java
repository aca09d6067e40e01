package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDManager;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.trainer.gradient.execution.Program;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import java.util.List;

/**
 * Compares what ONNX Runtime makes of the written model with what the tuned tensors give, on examples spread over all.
 *
 * <p>Threading: confined to one thread. Lifecycle: its session is closed before a method returns.
 */
public final class ExportParity {
    /** The most that two probabilities may differ. */
    public static final double TOLERANCE = 1e-4;

    private static final int BATCHES = 8;
    private static final int BATCH = 32;

    private final Torch.Session torch;
    private final OnnxGraph graph;
    private final Weights weights;

    public ExportParity(Torch.Session torch, OnnxGraph graph, Weights weights) {
        this.torch = torch;
        this.graph = graph;
        this.weights = weights;
    }

    /**
     * The largest difference.
     *
     * @throws LearningException if it is above {@link #TOLERANCE}: the model must not be used
     */
    public double require(byte[] model, ModelInputs inputs) throws LearningException {
        Program whole = new Program(graph.nodes(), List.of(graph.output()), graph.operatorSet(), weights);
        double worst = 0;
        try (GraphSession session = GraphSession.open(model)) {
            int count = Math.min(inputs.size(), BATCHES * BATCH);
            for (int start = 0; start < count; start += BATCH) {
                int[] batch = new int[Math.min(BATCH, count - start)];
                for (int i = 0; i < batch.length; i++) {
                    batch[i] = Math.toIntExact((long) (start + i) * inputs.size() / count);
                }
                worst = Math.max(worst, worst(whole, session, inputs, batch));
            }
        } catch (IllegalArgumentException | IllegalStateException failure) {
            throw new LearningException("the tuned model does not run: " + failure.getMessage(), failure);
        }
        // Written so that a NaN is a failure too.
        if (!(worst <= TOLERANCE)) {
            throw new LearningException("the written model differs from what was learned by " + worst + ", allowed is "
                    + TOLERANCE + ": the export is not usable");
        }
        return worst;
    }

    private double worst(Program whole, GraphSession session, ModelInputs inputs, int[] batch)
            throws LearningException {
        int length = inputs.longest(batch);
        float[] expected =
                session.run(inputs.batch(batch, length), graph.output()).requireFloats();
        float[] actual;
        try (NDManager run = torch.manager().newSubManager()) {
            Value output = whole.run(new Feeding(inputs, null).feed(whole.fed(), batch, length, run), run)
                    .get(graph.output());
            if (!(output instanceof Value.Tensor tensor)) {
                throw new LearningException("the graph's '" + graph.output() + "' is no tensor of floats");
            }
            actual = tensor.array().toFloatArray();
        }
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
        }
        return worst;
    }
}
