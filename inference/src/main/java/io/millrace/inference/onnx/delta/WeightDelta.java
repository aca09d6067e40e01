package io.millrace.inference.onnx.delta;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tuning added to a model's matrices, in a few bits a number: much smaller than {@link TensorDelta}, and not exact.
 * What comes out is a model of its own, the same bytes wherever it is put together.
 *
 * <p>Layout, big-endian: {@code MWD1}; bits; count; and for each matrix its name, rows, columns, a float32 scale per row,
 * and its codes, row by row, lowest bits first. A number is base + scale · code in float32.
 *
 * <p>Threading: stateless.
 */
public final class WeightDelta {
    private static final int MAGIC = 0x4d574431;
    private static final int FEWEST_BITS = 2;
    private static final int MOST_BITS = 8;

    private WeightDelta() {}

    /**
     * Codes the differences of all float32 matrices that both models have and that differ.
     *
     * @param bits for each number, from 2 to 8
     */
    public static byte[] between(byte[] base, byte[] tuned, int bits) {
        if (bits < FEWEST_BITS || bits > MOST_BITS) {
            throw new IllegalArgumentException("bits must be from 2 to 8, were " + bits);
        }
        Map<String, TensorProto> before = matrices(parse(base));
        Map<String, TensorProto> moved = new LinkedHashMap<>(matrices(parse(tuned)));
        moved.entrySet().removeIf(entry -> {
            TensorProto old = before.get(entry.getKey());
            return old == null
                    || !old.getDimsList().equals(entry.getValue().getDimsList())
                    || old.getRawData().equals(entry.getValue().getRawData());
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(bits);
            out.writeInt(moved.size());
            for (TensorProto after : moved.values()) {
                TensorProto old = before.get(after.getName());
                if (old != null) {
                    write(out, after, difference(floats(old), floats(after)), bits);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The tuned model, but for its matrices, which are those of the base: what {@link #apply} goes out from.
     *
     * @return bytes whose {@link TensorDelta} against the base is small
     */
    public static byte[] withMatricesOf(byte[] base, byte[] tuned) {
        Map<String, TensorProto> before = matrices(parse(base));
        ModelProto model = parse(tuned);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto old = before.get(graph.getInitializer(i).getName());
            if (old != null && old.getDimsList().equals(graph.getInitializer(i).getDimsList())) {
                graph.setInitializer(i, old);
            }
        }
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    /**
     * Adds the differences to a model's matrices.
     *
     * @throws BrokenDeltaException if the delta is damaged, or of a model with other matrices
     */
    public static byte[] apply(byte[] model, byte[] delta) throws BrokenDeltaException {
        ModelProto parsed = parse(model);
        GraphProto.Builder graph = parsed.getGraph().toBuilder();
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            places.put(graph.getInitializer(i).getName(), i);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(delta))) {
            if (in.readInt() != MAGIC) {
                throw new BrokenDeltaException("its " + delta.length + " bytes are not coded differences of weights");
            }
            int bits = in.readUnsignedByte();
            if (bits < FEWEST_BITS || bits > MOST_BITS) {
                throw new BrokenDeltaException("its codes are of " + bits + " bits");
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                Integer place = places.get(name);
                if (place == null) {
                    throw new BrokenDeltaException("it changes the matrix '" + name + "', which the model lacks");
                }
                graph.setInitializer(place, moved(graph.getInitializer(place), in, bits));
            }
            if (in.read() >= 0) {
                throw new BrokenDeltaException("it goes on behind its last matrix");
            }
        } catch (IOException e) {
            throw new BrokenDeltaException("it is cut off: " + e.getMessage(), e);
        }
        return parsed.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static void write(DataOutputStream out, TensorProto tensor, float[] difference, int bits)
            throws IOException {
        int rows = Math.toIntExact(tensor.getDims(0));
        WeightCodes codes = WeightCodes.of(difference, rows, bits);
        out.writeUTF(tensor.getName());
        out.writeInt(rows);
        out.writeInt(difference.length / rows);
        for (float scale : codes.scales()) {
            out.writeFloat(scale);
        }
        out.write(BitPacking.pack(codes.codes(), bits));
    }

    private static TensorProto moved(TensorProto tensor, DataInputStream in, int bits)
            throws IOException, BrokenDeltaException {
        int rows = in.readInt();
        int columns = in.readInt();
        if (!isMatrix(tensor) || tensor.getDims(0) != rows || tensor.getDims(1) != columns) {
            throw new BrokenDeltaException("it has '" + tensor.getName() + "' as a matrix of " + rows + " by " + columns
                    + ", the model as one of " + tensor.getDimsList());
        }
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            scales[row] = in.readFloat();
        }
        byte[] packed = in.readNBytes(BitPacking.bytes(rows * columns, bits));
        WeightCodes codes = new WeightCodes(scales, BitPacking.unpack(packed, rows * columns, bits));
        float[] numbers = floats(tensor);
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers.length; i++) {
            raw.putFloat(numbers[i] + codes.number(i, columns));
        }
        return tensor.toBuilder()
                .setRawData(UnsafeByteOperations.unsafeWrap(raw.flip()))
                .build();
    }

    private static Map<String, TensorProto> matrices(ModelProto model) {
        Map<String, TensorProto> matrices = new LinkedHashMap<>();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (isMatrix(tensor)) {
                matrices.put(tensor.getName(), tensor);
            }
        }
        return matrices;
    }

    private static boolean isMatrix(TensorProto tensor) {
        return tensor.getDimsCount() == 2 && tensor.getDataType() == OnnxTypes.FLOAT && tensor.hasRawData();
    }

    private static float[] floats(TensorProto tensor) {
        ByteString raw = tensor.getRawData();
        float[] floats = new float[raw.size() / Float.BYTES];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return floats;
    }

    private static float[] difference(float[] before, float[] after) {
        float[] difference = new float[before.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = after[i] - before[i];
        }
        return difference;
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            return TensorDelta.parse(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the " + bytes.length + " bytes are not an ONNX file: " + e.getMessage(), e);
        }
    }
}
