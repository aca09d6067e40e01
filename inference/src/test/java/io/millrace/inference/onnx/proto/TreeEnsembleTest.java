package io.millrace.inference.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
    @Test
    void addsUpLeavesAndBaseToLogOdds() throws OrtException {
        float[][] probabilities = run(twoTrees(), new float[] {0, 0, 5, 0, 0, 5, 5, 5});

        assertThat(probabilities[0][1]).isCloseTo(logistic(0.1 + 1 + 0.5), within(1e-6f));
        assertThat(probabilities[1][1]).isCloseTo(logistic(0.1 - 1 + 0.5), within(1e-6f));
        assertThat(probabilities[2][1]).isCloseTo(logistic(0.1 + 1 - 0.5), within(1e-6f));
        assertThat(probabilities[3][1]).isCloseTo(logistic(0.1 - 1 - 0.5), within(1e-6f));
        assertThat(probabilities[0][0] + probabilities[0][1]).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void goesToTheOtherNodeWhenTheFeatureEqualsTheSplit() throws OrtException {
        assertThat(run(twoTrees(), new float[] {2, 0})[0][1]).isCloseTo(logistic(0.1 - 1 + 0.5), within(1e-6f));
    }

    @Test
    void sendsMissingFeaturesWhereTheNodeSays() throws OrtException {
        assertThat(run(twoTrees(), new float[] {Float.NaN, Float.NaN})[0][1])
                .isCloseTo(logistic(0.1 + 1 - 0.5), within(1e-6f));
    }

    @Test
    void givesTheSameBytesForTheSameTrees() {
        assertThat(twoTrees().toModel(2, 0.1f).toByteArray())
                .isEqualTo(twoTrees().toModel(2, 0.1f).toByteArray());
    }

    private static TreeEnsemble twoTrees() {
        return new TreeEnsemble()
                .branch(0, 0, 0, 2f, 1, 2, true)
                .leaf(0, 1, 1f)
                .leaf(0, 2, -1f)
                .branch(1, 0, 1, 2f, 1, 2, false)
                .leaf(1, 1, 0.5f)
                .leaf(1, 2, -0.5f);
    }

    private static float[][] run(TreeEnsemble trees, float[] rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session =
                        environment.createSession(trees.toModel(2, 0.1f).toByteArray());
                OnnxTensor input =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), new long[] {rows.length / 2, 2});
                OrtSession.Result result = session.run(Map.of(TreeEnsemble.INPUT, input))) {
            return (float[][]) result.get(TreeEnsemble.OUTPUT).orElseThrow().getValue();
        }
    }

    private static float logistic(double logOdds) {
        return (float) (1 / (1 + Math.exp(-logOdds)));
    }
}
