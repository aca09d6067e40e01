package io.millrace.trainer.gradient.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.trainer.gradient.execution.Program;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorTest {
    private static final double STEP = 1e-2;
    private static final int COORDINATES = 8;

    static Stream<Case> cases() {
        return LongStream.of(1, 2, 20_261_124).boxed().flatMap(seed -> new Cases(seed).all().stream());
    }

    @Test
    void everyOperatorOfTheTableHasACase() {
        Set<String> tested = new TreeSet<>();
        cases().forEach(one -> tested.add(one.operator()));

        assertThat(tested).isEqualTo(OperatorTable.names());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesWhatOnnxRuntimeGives(Case one) throws LearningException {
        byte[] model = one.model();
        HostTensor expected;
        try (GraphSession session = GraphSession.open(model)) {
            expected = session.run(Map.of(), Case.OUTPUT);
        }

        try (Torch.Session torch = Torch.enter();
                NDManager run = torch.manager().newSubManager()) {
            NDArray actual = prepared(one, model, torch).run(run);

            assertThat(actual.getShape().getShape()).isEqualTo(expected.shape());
            assertThat(actual.toFloatArray()).containsExactly(expected.requireFloats(), within(1e-5f));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void itsGradientsAreThoseOfFiniteDifferences(Case one) throws LearningException {
        try (Torch.Session torch = Torch.enter()) {
            Prepared prepared = prepared(one, one.model(), torch);
            Map<String, float[]> point = prepared.weights().snapshot();
            float[] direction = prepared.direction(torch);
            Map<String, float[]> gradients = prepared.gradients(torch, direction);

            Random random = new Random(7);
            for (String name : one.tuned()) {
                float[] gradient = gradients.get(name);
                for (int i = 0; gradient != null && i < COORDINATES; i++) {
                    int place = random.nextInt(gradient.length);
                    double above = prepared.lossAt(torch, point, name, place, STEP, direction);
                    double below = prepared.lossAt(torch, point, name, place, -STEP, direction);

                    assertThat((double) gradient[place])
                            .as(name + "[" + place + "]")
                            .isCloseTo((above - below) / (2 * STEP), within(0.02 + 0.02 * Math.abs(gradient[place])));
                }
            }
        }
    }

    @Test
    void anUnknownOperatorIsRefusedByNodeAndName() {
        Case unknown = new Case("Hardmax", new Random(1)).tuned(2, 2);

        assertThatThrownBy(() -> prepare(unknown))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("(Hardmax)")
                .hasMessageContaining("not among the supported operators");
    }

    @Test
    void anUnsupportedAttributeIsRefusedByNodeAndName() {
        Case odd = new Case("Gemm", new Random(1)).tuned(2, 2).tuned(2, 2).with(OnnxAttributes.integer("odd", 1));
        Case training = new Case("BatchNormalization", new Random(1))
                .tuned(2, 2)
                .tuned(2)
                .tuned(2)
                .tuned(2)
                .tuned(2)
                .with(OnnxAttributes.integer("training_mode", 1));

        assertThatThrownBy(() -> prepare(odd)).hasMessageContaining("(Gemm) has the attribute 'odd'");
        assertThatThrownBy(() -> prepare(training)).hasMessageContaining("(BatchNormalization) has training_mode 1");
    }

    @Test
    void aSoftmaxOverSeveralAxesIsRefused() {
        Case old = new Case("Softmax", new Random(1))
                .tuned(2, 2, 2)
                .with(OnnxAttributes.integer("axis", 1))
                .operatorSet(11);

        assertThatThrownBy(() -> {
                    try (Torch.Session torch = Torch.enter();
                            NDManager run = torch.manager().newSubManager()) {
                        prepared(old, old.model(), torch).run(run);
                    }
                })
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("axis 1 is not the last of 3");
    }

    private static void prepare(Case one) throws LearningException {
        try (Torch.Session torch = Torch.enter()) {
            prepared(one, one.model(), torch);
        }
    }

    private static Prepared prepared(Case one, byte[] model, Torch.Session torch) throws LearningException {
        OnnxGraph graph = OnnxGraph.parse(model, Case.OUTPUT);
        Weights weights = new Weights(graph, one.tuned(), torch.manager());
        return new Prepared(weights, new Program(graph.nodes(), List.of(Case.OUTPUT), graph.operatorSet(), weights));
    }

    private record Prepared(Weights weights, Program program) {

        NDArray run(NDManager run) throws LearningException {
            Value.Tensor result = (Value.Tensor) program.run(Map.of(), run).get(Case.OUTPUT);
            if (result == null) {
                throw new AssertionError("no result");
            }
            return result.array();
        }

        float[] direction(Torch.Session torch) throws LearningException {
            try (NDManager run = torch.manager().newSubManager()) {
                float[] direction = new float[Math.toIntExact(run(run).size())];
                Random random = new Random(3);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = (float) random.nextGaussian();
                }
                return direction;
            }
        }

        private NDArray loss(NDManager run, float[] direction) throws LearningException {
            NDArray result = run(run);
            return result.reshape(new Shape(direction.length))
                    .mul(run.create(direction))
                    .sum();
        }

        double lossAt(
                Torch.Session torch, Map<String, float[]> point, String name, int place, double step, float[] direction)
                throws LearningException {
            float[] moved = Objects.requireNonNull(point.get(name)).clone();
            moved[place] += (float) step;
            weights.restore(Map.of(name, moved));
            try (NDManager run = torch.manager().newSubManager()) {
                return loss(run, direction).getFloat();
            } finally {
                weights.restore(point);
            }
        }

        Map<String, float[]> gradients(Torch.Session torch, float[] direction) throws LearningException {
            Map<String, float[]> gradients = new LinkedHashMap<>();
            try (NDManager run = torch.manager().newSubManager()) {
                torch.record(true);
                NDArray loss = loss(run, direction);
                if (loss.hasGradient()) {
                    torch.backward(loss);
                }
                torch.record(false);
                weights.tuned().forEach((name, weight) -> {
                    NDArray gradient = torch.gradient(weight);
                    if (gradient != null) {
                        gradients.put(name, gradient.toFloatArray());
                    }
                });
            }
            return gradients;
        }
    }
}
