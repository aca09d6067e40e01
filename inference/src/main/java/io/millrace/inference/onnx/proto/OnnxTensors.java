package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Between the format's tensors and arrays in row-major order. */
public final class OnnxTensors {
    private OnnxTensors() {}

    /** A float32 tensor of these elements. */
    public static TensorProto floats(String name, float[] elements, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(elements);
        return tensor(name, OnnxTypes.FLOAT, ByteString.copyFrom(raw), shape);
    }

    /** An int8 tensor of these elements, which are not copied: nobody may write to them any more. */
    public static TensorProto bytes(String name, byte[] elements, long... shape) {
        return tensor(name, OnnxTypes.INT8, UnsafeByteOperations.unsafeWrap(elements), shape);
    }

    /** Elements of a float32 tensor. */
    public static float[] floats(TensorProto tensor) {
        if (tensor.hasRawData()) {
            FloatBuffer raw = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] elements = new float[raw.remaining()];
            raw.get(elements);
            return elements;
        }
        float[] elements = new float[tensor.getFloatDataCount()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = tensor.getFloatData(i);
        }
        return elements;
    }

    private static TensorProto tensor(String name, int type, ByteString raw, long[] shape) {
        List<Long> dimensions = Arrays.stream(shape).boxed().toList();
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type)
                .addAllDims(dimensions)
                .setRawData(raw)
                .build();
    }
}
