package io.millrace.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime on a bare graph, whatever its inputs: for who must know what the stream's own engine makes of a model
 * before there is a bundle. The stream itself loads through {@link ModelLoader}, which checks far more.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns its native session until {@link #close}.
 */
public final class GraphSession implements AutoCloseable {
    private final OrtSession session;

    private GraphSession(OrtSession session) {
        this.session = session;
    }

    /**
     * Makes a session on the CPU with one thread.
     *
     * @throws IllegalArgumentException if ONNX Runtime refuses the model
     */
    public static GraphSession open(byte[] model) {
        try (OrtSession.SessionOptions options = OrtRuntime.options(DeviceChoice.Kind.CPU, 1)) {
            return new GraphSession(OrtRuntime.environment().createSession(model, options));
        } catch (OrtException refused) {
            throw new IllegalArgumentException("ONNX Runtime refuses the model: " + refused.getMessage(), refused);
        }
    }

    /** Names of what the graph must be given. */
    public Set<String> inputs() {
        return session.getInputNames();
    }

    /**
     * Runs the graph.
     *
     * @param output a float32 output
     * @throws IllegalStateException if the graph fails on these inputs
     */
    public HostTensor run(Map<String, HostTensor> inputs, String output) {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, HostTensor> input : inputs.entrySet()) {
                fed.put(input.getKey(), input.getValue().toOnnx());
            }
            try (OrtSession.Result result = session.run(fed, Set.of(output))) {
                return floats(output, result.get(0));
            }
        } catch (OrtException failure) {
            throw new IllegalStateException("the graph failed: " + failure.getMessage(), failure);
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("the session could not be closed: " + failure.getMessage(), failure);
        }
    }

    private static HostTensor floats(String output, OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new IllegalStateException("output '" + output + "' is no tensor");
        }
        FloatBuffer elements = tensor.getFloatBuffer();
        if (elements == null) {
            throw new IllegalStateException("output '" + output + "' is " + tensor.getInfo().type + ", not float32");
        }
        float[] floats = new float[elements.remaining()];
        elements.get(floats);
        return HostTensor.of(floats, tensor.getInfo().getShape());
    }
}
