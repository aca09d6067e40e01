package io.millrace.bench.gpu;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.millrace.bench.TokenArrays;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.onnx.DeviceChoice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime without anything of ours: inputs lie ready in direct buffers, and outputs have their place.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns its session and tensors until {@link #close}.
 */
final class RawSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String output;
    private final int classes;
    private final List<Prepared> batches = new ArrayList<>();
    private int next;

    /** A batch that only waits to be run. */
    private record Prepared(Map<String, OnnxTensor> inputs, OnnxTensor answer, int rows) {}

    RawSession(byte[] model, DeviceChoice device, String output, int classes) {
        this.output = output;
        this.classes = classes;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            if (device.kind() == DeviceChoice.Kind.CUDA) {
                addCuda(options);
            }
            session = environment.createSession(model, options);
        } catch (OrtException refused) {
            throw new FailedException("ONNX Runtime refuses the model: " + refused.getMessage(), refused);
        }
    }

    /** As exact as ours: TF32 would be another question. */
    private static void addCuda(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    Set<String> inputs() {
        return session.getInputNames();
    }

    /** Makes a batch ready: floats of some width in a row. */
    void addFloats(String input, float[] values, int width) {
        ByteBuffer bytes = direct((long) values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        int rows = values.length / width;
        add(Map.of(input, bytes), OnnxJavaType.FLOAT, new long[] {rows, width});
    }

    /** Makes a batch of texts ready. */
    void addTokens(TokenArrays texts) {
        Map<String, ByteBuffer> buffers = new LinkedHashMap<>();
        texts.inputs().forEach((name, integers) -> {
            ByteBuffer bytes = direct((long) integers.length * Long.BYTES);
            bytes.asLongBuffer().put(integers);
            buffers.put(name, bytes);
        });
        add(buffers, OnnxJavaType.INT64, new long[] {texts.rows(), texts.length()});
    }

    private void add(Map<String, ByteBuffer> inputs, OnnxJavaType type, long[] shape) {
        try {
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, ByteBuffer> input : inputs.entrySet()) {
                tensors.put(input.getKey(), OnnxTensor.createTensor(environment, input.getValue(), shape, type));
            }
            int rows = (int) shape[0];
            OnnxTensor answer = OnnxTensor.createTensor(
                    environment,
                    direct((long) rows * classes * Float.BYTES),
                    new long[] {rows, classes},
                    OnnxJavaType.FLOAT);
            batches.add(new Prepared(tensors, answer, rows));
        } catch (OrtException failure) {
            throw failed(failure);
        }
    }

    /** Runs the next of the batches, round and round; the rows it had. */
    int runNext() {
        Prepared batch = batches.get(next);
        next = (next + 1) % batches.size();
        try {
            session.run(batch.inputs(), Set.of(), Map.of(output, batch.answer()))
                    .close();
        } catch (OrtException failure) {
            throw failed(failure);
        }
        return batch.rows();
    }

    @Override
    public void close() {
        for (Prepared batch : batches) {
            batch.inputs().values().forEach(OnnxTensor::close);
            batch.answer().close();
        }
        try {
            session.close();
        } catch (OrtException failure) {
            throw failed(failure);
        }
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    private static IllegalStateException failed(OrtException failure) {
        return new IllegalStateException("ONNX Runtime failed: " + failure.getMessage(), failure);
    }
}
