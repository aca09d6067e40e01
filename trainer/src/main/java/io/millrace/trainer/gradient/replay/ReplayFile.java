package io.millrace.trainer.gradient.replay;

import io.millrace.trainer.gradient.tuning.KeptRows;
import io.millrace.trainer.learn.LearningException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A replay set as bytes, big-endian throughout:
 *
 * <pre>
 * "MRPL", format int32
 * classes int32, reference accuracy float64, examples int32
 * per example: tokens int32, class int8, use int8 (0 to learn again, 1 to judge)
 * values int32
 * per value: name (length uint16, modified UTF-8), per token int8, width int32,
 *            per example: its numbers, float16 each
 * </pre>
 *
 * <p>Threading: stateless. The same set gives the same bytes.
 */
public final class ReplayFile {
    private static final int MAGIC = 0x4D52504C;
    private static final int FORMAT = 1;

    private ReplayFile() {}

    /** The set's bytes. */
    public static byte[] write(ReplaySet set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(FORMAT);
            out.writeInt(set.classes());
            out.writeDouble(set.referenceAccuracy());
            out.writeInt(set.size());
            for (int i = 0; i < set.size(); i++) {
                out.writeInt(set.tokens()[i]);
                out.writeByte(set.labels()[i]);
                out.writeByte(set.judging()[i] ? 1 : 0);
            }
            out.writeInt(set.values().size());
            for (KeptRows value : set.values()) {
                out.writeUTF(value.name());
                out.writeByte(value.perToken() ? 1 : 0);
                out.writeInt(value.width());
                for (short[] row : value.rows()) {
                    ByteBuffer packed = ByteBuffer.allocate(row.length * Short.BYTES);
                    packed.asShortBuffer().put(row);
                    out.write(packed.array());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a set.
     *
     * @throws LearningException if the bytes are none, or of another format
     */
    public static ReplaySet read(byte[] bytes) throws LearningException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw broken("it does not begin as one");
            }
            int format = in.readInt();
            if (format != FORMAT) {
                throw broken("it is of format " + format + ", this version reads " + FORMAT);
            }
            ReplaySet set = read(in);
            if (in.available() > 0) {
                throw broken(in.available() + " bytes are left over");
            }
            return set;
        } catch (EOFException end) {
            throw broken("it is cut off");
        } catch (IOException | IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private static ReplaySet read(DataInputStream in) throws IOException {
        int classes = in.readInt();
        double referenceAccuracy = in.readDouble();
        int size = count(in, 6);
        int[] tokens = new int[size];
        int[] labels = new int[size];
        boolean[] judging = new boolean[size];
        for (int i = 0; i < size; i++) {
            tokens[i] = in.readInt();
            labels[i] = in.readByte();
            judging[i] = in.readByte() == 1;
        }
        int count = count(in, 7);
        List<KeptRows> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            boolean perToken = in.readByte() == 1;
            int width = in.readInt();
            short[][] rows = new short[size][];
            for (int row = 0; row < size; row++) {
                rows[row] = halves(in, (long) width * (perToken ? tokens[row] : 1));
            }
            values.add(new KeptRows(name, perToken, width, rows));
        }
        return new ReplaySet(classes, referenceAccuracy, labels, tokens, judging, values);
    }

    private static short[] halves(DataInputStream in, long count) throws IOException {
        if (count < 0 || count * Short.BYTES > in.available()) {
            throw new EOFException();
        }
        short[] halves = new short[(int) count];
        ByteBuffer.wrap(in.readNBytes(halves.length * Short.BYTES))
                .asShortBuffer()
                .get(halves);
        return halves;
    }

    /** A number of things of which each takes at least so many bytes: no more than there can be. */
    private static int count(DataInputStream in, int bytesOfEach) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesOfEach > in.available()) {
            throw new EOFException();
        }
        return count;
    }

    private static LearningException broken(String why) {
        return new LearningException(
                ReplaySet.BLOB + " is no replay set: " + why + ": write it again with the model, or leave it out");
    }
}
