package io.millrace.trainer.gradient.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.millrace.inference.onnx.proto.OnnxTensors;
import io.millrace.trainer.learn.LearningException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Between the format's tensors and arrays.
 *
 * <p>Threading: stateless.
 */
public final class Tensors {
    private Tensors() {}

    public static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    public static boolean isFloat(TensorProto tensor) {
        return tensor.getDataType() == DataType.FLOAT.getNumber();
    }

    /** Elements of a float32 tensor. */
    public static float[] floats(TensorProto tensor) {
        return OnnxTensors.floats(tensor);
    }

    /** Elements of a tensor of whole numbers or truths. */
    public static long[] integers(TensorProto tensor) throws LearningException {
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == DataType.INT64) {
            return tensor.hasRawData()
                    ? integers(raw(tensor), Long.BYTES)
                    : tensor.getInt64DataList().stream()
                            .mapToLong(Long::longValue)
                            .toArray();
        }
        if (type == DataType.INT32 || type == DataType.BOOL) {
            return tensor.hasRawData()
                    ? integers(raw(tensor), type == DataType.BOOL ? Byte.BYTES : Integer.BYTES)
                    : tensor.getInt32DataList().stream()
                            .mapToLong(Integer::longValue)
                            .toArray();
        }
        throw new LearningException("tensor '" + tensor.getName() + "' is of type " + type
                + ": the gradient learner knows float32, int64, int32 and bool; export the model in float32");
    }

    /** The same tensor with other elements. */
    static TensorProto with(TensorProto tensor, float[] elements) {
        ByteBuffer raw = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(elements);
        return tensor.toBuilder()
                .clearFloatData()
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    /** How many elements a tensor of this shape has. */
    public static long count(long[] shape) {
        long count = 1;
        for (long length : shape) {
            count = Math.multiplyExact(count, length);
        }
        return count;
    }

    private static ByteBuffer raw(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long[] integers(ByteBuffer raw, int bytes) {
        long[] elements = new long[raw.remaining() / bytes];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = bytes == Long.BYTES ? raw.getLong() : bytes == Integer.BYTES ? raw.getInt() : raw.get();
        }
        return elements;
    }
}
