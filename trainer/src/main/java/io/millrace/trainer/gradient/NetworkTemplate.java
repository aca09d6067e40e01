package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.trainer.data.TrainingRows;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small network over a feature set that has learned nothing yet: where the gradient learner can begin.
 *
 * <p>Features are brought to mean 0 and deviation 1 inside the graph, by constants that tuning leaves alone; a missing
 * one counts as average, and none counts as more than {@value #FARTHEST} deviations off. Dense layers with ReLU follow,
 * then a head of two classes, which begins at the share of positive rows.
 *
 * <p>Threading: immutable. The same rows and seed give the same bytes.
 *
 * @param hidden how many units each hidden layer has, first to last
 * @param seed of the initial weights
 */
public record NetworkTemplate(List<Integer> hidden, long seed) {
    private static final String INPUT = "features";
    private static final String OUTPUT = "probabilities";
    private static final float FARTHEST = 10;
    private static final int CLASSES = 2;

    public NetworkTemplate {
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(units -> units < 1)) {
            throw new IllegalArgumentException("hidden layers must have at least 1 unit each, were " + hidden);
        }
    }

    /**
     * The network as a bundle that can be loaded and tuned; all of it is trainable.
     *
     * @param classes two names, the last one positive
     * @param rows what the features look like
     */
    public Bundle bundle(String name, FeatureSet features, List<String> classes, TrainingRows rows) {
        ManifestBuilder manifest = new ManifestBuilder(name, Task.BINARY_CLASSIFICATION, classes)
                .input(INPUT)
                .output(OUTPUT)
                .featureSet(features)
                .trainable(new TrainablePart.All().toString())
                .description("A network of " + hidden + " hidden units over " + features.name());
        return Bundle.of(manifest.build(), Map.of(Bundle.MODEL_BLOB, model(rows)));
    }

    /** The network's ONNX model. */
    public byte[] model(TrainingRows rows) {
        int width = rows.width();
        GraphBuilder graph = new GraphBuilder("network")
                .input(INPUT, OnnxTypes.FLOAT, -1, width)
                .output(OUTPUT, OnnxTypes.FLOAT, -1, CLASSES);
        standardise(graph, Scaling.of(rows));
        Random random = new Random(seed);
        String last = "standard";
        int units = width;
        for (int layer = 0; layer < hidden.size(); layer++) {
            String name = "dense." + layer;
            int next = hidden.get(layer);
            dense(graph, name, last, units, next, random, new float[next]);
            graph.node("Relu", List.of(name), List.of(name + ".active"));
            last = name + ".active";
            units = next;
        }
        double positive = (rows.positiveCount() + 1.0) / (rows.rows() + 2.0);
        float logOdds = (float) Math.log(positive / (1 - positive));
        dense(graph, "head", last, units, CLASSES, random, new float[] {0, logOdds});
        graph.node("Softmax", List.of("head"), List.of(OUTPUT), OnnxAttributes.integer("axis", 1));
        return graph.toModel().toByteArray();
    }

    private static void standardise(GraphBuilder graph, Scaling scaling) {
        int width = scaling.means().length;
        graph.constant("mean", scaling.means(), width)
                .constant("deviation", scaling.deviations(), width)
                .constant("average", new float[] {0}, 1)
                .constant("least", new float[] {-FARTHEST})
                .constant("most", new float[] {FARTHEST})
                .node("Sub", List.of(INPUT, "mean"), List.of("centred"))
                .node("Div", List.of("centred", "deviation"), List.of("scaled"))
                .node("IsNaN", List.of(INPUT), List.of("missing"))
                .node("Where", List.of("missing", "average", "scaled"), List.of("filled"))
                .node("Clip", List.of("filled", "least", "most"), List.of("standard"));
    }

    /** Weights as He et al. draw them for ReLU: variance 2 / inputs. */
    private static void dense(
            GraphBuilder graph, String name, String input, int from, int to, Random random, float[] bias) {
        float[] weights = new float[from * to];
        double deviation = Math.sqrt(2.0 / from);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * deviation);
        }
        graph.weights(name + ".weight", weights, to, from)
                .weights(name + ".bias", bias, to)
                .node(
                        "Gemm",
                        List.of(input, name + ".weight", name + ".bias"),
                        List.of(name),
                        OnnxAttributes.integer("transB", 1));
    }

    /** Mean and deviation of each column, missing values left out. */
    @SuppressWarnings("ArrayRecordComponent") // local, never compared
    private record Scaling(float[] means, float[] deviations) {

        static Scaling of(TrainingRows rows) {
            int width = rows.width();
            float[] means = new float[width];
            float[] deviations = new float[width];
            for (int column = 0; column < width; column++) {
                double sum = 0;
                int count = 0;
                for (int i = column; i < rows.values().length; i += width) {
                    if (Float.isFinite(rows.values()[i])) {
                        sum += rows.values()[i];
                        count++;
                    }
                }
                double mean = count == 0 ? 0 : sum / count;
                double squares = 0;
                for (int i = column; i < rows.values().length; i += width) {
                    if (Float.isFinite(rows.values()[i])) {
                        squares += (rows.values()[i] - mean) * (rows.values()[i] - mean);
                    }
                }
                double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
                means[column] = (float) mean;
                // A column that never changes says nothing: left as it is, it stays zero.
                deviations[column] = deviation > 0 ? (float) deviation : 1;
            }
            return new Scaling(means, deviations);
        }
    }
}
