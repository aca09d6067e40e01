package io.millrace.inference.onnx;

import io.millrace.inference.text.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts going into a model, each padded to the longest, and probabilities coming out. Its direct buffers are filled
 * again and again, and grow to the largest batch that there was; so who adds texts sees to how large that is.
 *
 * <p>Threading: one thread at a time. Lifecycle: holds off-heap memory that goes with the object; nothing to close.
 */
public final class TextBatch {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";

    private final int classes;
    private final List<Tokens> texts = new ArrayList<>();
    private int longest;
    private int scoredRows;
    private LongBuffer ids = longs(0);
    private LongBuffer mask = longs(0);
    private LongBuffer types = longs(0);
    private FloatBuffer outputs = floats(0);

    /** @param classes probabilities per text */
    public TextBatch(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("a batch of texts needs at least one class, has " + classes);
        }
        this.classes = classes;
    }

    /** Adds a text. */
    public void add(Tokens text) {
        texts.add(text);
        longest = Math.max(longest, text.length());
    }

    /** Texts added since it was last cleared. */
    public int rows() {
        return texts.size();
    }

    public int classes() {
        return classes;
    }

    /** Tokens of the longest text: so long is each row. */
    public int longest() {
        return longest;
    }

    /** What the model said of a text; only between scoring and clearing. */
    public double probability(int row, int classIndex) {
        if (row < 0 || row >= scoredRows || classIndex < 0 || classIndex >= classes) {
            throw new IndexOutOfBoundsException("no probability of text " + row + " and class " + classIndex
                    + ": scored are " + scoredRows + " texts of " + classes + " classes");
        }
        return outputs.get(row * classes + classIndex);
    }

    /** Takes all texts out. */
    public void clear() {
        texts.clear();
        longest = 0;
        scoredRows = 0;
    }

    /** Writes the texts into the buffers, zeros behind the shorter ones. */
    void fill() {
        int size = Math.multiplyExact(texts.size(), longest);
        if (ids.capacity() < size) {
            int capacity = grown(ids.capacity(), size);
            ids = longs(capacity);
            mask = longs(capacity);
            types = longs(capacity);
        }
        int answers = Math.multiplyExact(texts.size(), classes);
        if (outputs.capacity() < answers) {
            outputs = floats(grown(outputs.capacity(), answers));
        }
        int at = 0;
        for (Tokens text : texts) {
            int length = text.length();
            for (int i = 0; i < longest; i++, at++) {
                boolean own = i < length;
                ids.put(at, own ? text.ids()[i] : 0);
                mask.put(at, own ? 1 : 0);
                types.put(at, own ? text.types()[i] : 0);
            }
        }
    }

    /** One of the graph's inputs, as {@link #fill} wrote it. */
    LongBuffer input(String name) {
        LongBuffer buffer = switch (name) {
            case IDS -> ids;
            case MASK -> mask;
            case TYPES -> types;
            default -> throw new IllegalArgumentException("texts have no input '" + name + "'");
        };
        return buffer.slice(0, texts.size() * longest);
    }

    FloatBuffer awaitedOutputs() {
        return outputs.slice(0, texts.size() * classes);
    }

    void scored() {
        scoredRows = texts.size();
    }

    private static int grown(int capacity, int wanted) {
        return Math.max(wanted, (int) Math.min(Integer.MAX_VALUE / Long.BYTES, 2L * capacity));
    }

    private static LongBuffer longs(int count) {
        return bytes(Math.multiplyExact(count, Long.BYTES)).asLongBuffer();
    }

    private static FloatBuffer floats(int count) {
        return bytes(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
    }
}
