package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Tensors;
import io.millrace.trainer.learn.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small networks and a question that no straight line answers: is a point inside a ring? */
final class Networks {
    static final int WIDTH = 4;

    private Networks() {}

    static Bundle untrained(long seed, int... hidden) {
        List<FeatureDefinition> fields = new ArrayList<>();
        for (int column = 0; column < WIDTH; column++) {
            fields.add(new FieldFeature("x" + column, "x" + column));
        }
        List<Integer> layers = Arrays.stream(hidden).boxed().toList();
        TrainingRows rows = ring(500, 99).rows(WIDTH);
        return new NetworkTemplate(layers, seed)
                .bundle("ring", new FeatureSet("points", "UTC", fields), List.of("OUT", "IN"), rows);
    }

    /** Points, some with a missing value that does not matter; a few labels are wrong. */
    static ExampleSet ring(int count, long seed) {
        return ring(count, seed, 1);
    }

    static ExampleSet ring(int count, long seed, double weight) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] features = new float[WIDTH];
            for (int column = 0; column < WIDTH; column++) {
                features[column] = (float) (random.nextGaussian() * 3 + 5);
            }
            double radius = Math.hypot(features[0] - 5, features[1] - 5);
            if (random.nextInt(10) == 0) {
                features[3] = Float.NaN;
            }
            boolean inside = radius > 2 && radius < 5;
            boolean wrong = random.nextInt(50) == 0;
            examples.add(new Example(
                    "e" + seed + "-" + i, i, i + 1, features, null, inside != wrong ? 1 : 0, weight, 0.5, 1, null));
        }
        return new ExampleSet(examples);
    }

    /** The share of examples that the model's higher probability is right about. */
    static double accuracy(byte[] model, ExampleSet examples) {
        try (GraphSession session = GraphSession.open(model)) {
            HostTensor features = HostTensor.of(examples.rows(WIDTH).values(), examples.size(), WIDTH);
            float[] probabilities =
                    session.run(Map.of("features", features), "probabilities").requireFloats();
            int right = 0;
            for (int i = 0; i < examples.size(); i++) {
                int answer = probabilities[2 * i + 1] > probabilities[2 * i] ? 1 : 0;
                right += answer == examples.examples().get(i).label() ? 1 : 0;
            }
            return (double) right / examples.size();
        }
    }

    static Map<String, float[]> weights(byte[] model) throws LearningException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        OnnxGraph.parse(model, "probabilities")
                .initializers()
                .forEach((name, tensor) -> weights.put(name, Tensors.floats(tensor)));
        return weights;
    }
}
