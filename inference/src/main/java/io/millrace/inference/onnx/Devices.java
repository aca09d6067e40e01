package io.millrace.inference.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out, once at the start, where models run. A GPU counts as usable when a small graph has run on it.
 *
 * <p>Threading: stateless.
 */
public final class Devices {
    private Devices() {}

    /**
     * Decides where models run.
     *
     * @throws DeviceUnavailableException if {@link ExecutionDevice#CUDA} is asked for and no GPU can be used
     */
    public static DeviceChoice resolve(ExecutionDevice requested) {
        return switch (requested) {
            case CPU -> new DeviceChoice(DeviceChoice.Kind.CPU, "the configuration asks for the CPU");
            case CUDA -> cudaOrFail();
            case AUTO -> auto();
        };
    }

    private static DeviceChoice cudaOrFail() {
        Optional<String> obstacle = obstacleToCuda();
        if (obstacle.isPresent()) {
            throw new DeviceUnavailableException("device 'cuda' was asked for, but " + obstacle.get()
                    + "; use device 'auto' or 'cpu' to run without a GPU");
        }
        return new DeviceChoice(DeviceChoice.Kind.CUDA, "the configuration asks for CUDA, and a test graph ran on it");
    }

    private static DeviceChoice auto() {
        return obstacleToCuda()
                .map(obstacle -> new DeviceChoice(DeviceChoice.Kind.CPU, "chosen automatically: " + obstacle))
                .orElseGet(() ->
                        new DeviceChoice(DeviceChoice.Kind.CUDA, "chosen automatically: a test graph ran on the GPU"));
    }

    private static Optional<String> obstacleToCuda() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this build has ONNX Runtime without CUDA (build with -Pcuda to have it)");
        }
        try {
            runOnCuda();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of("no GPU can be used: " + e.getMessage());
        }
    }

    private static void runOnCuda() throws OrtException {
        ModelProto probe = new GraphBuilder("probe")
                .input("x", OnnxTypes.FLOAT, -1, 1)
                .output("y", OnnxTypes.FLOAT, -1, 1)
                .node("Add", List.of("x", "x"), List.of("y"))
                .toModel();
        OrtEnvironment environment = OrtRuntime.environment();
        try (OrtSession.SessionOptions options = OrtRuntime.options(DeviceChoice.Kind.CUDA, 1);
                OrtSession session = environment.createSession(probe.toByteArray(), options);
                OnnxTensor x =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {1}), new long[] {1, 1})) {
            session.run(Map.of("x", x)).close();
        }
    }
}
