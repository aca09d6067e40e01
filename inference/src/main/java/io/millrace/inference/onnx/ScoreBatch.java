package io.millrace.inference.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Rows going into a model and probabilities coming out: two direct buffers, allocated once and filled again and again.
 *
 * <p>Threading: one thread at a time. Units: features become float32, so what is beyond its range becomes infinite.
 * Lifecycle: holds off-heap memory that goes with the object; nothing to close.
 */
public final class ScoreBatch {
    private final int maxRows;
    private final int width;
    private final int classes;
    private final FloatBuffer inputs;
    private final FloatBuffer outputs;
    private int rows;
    private int scoredRows;

    /**
     * @param width features per row
     * @param classes probabilities per row
     */
    public ScoreBatch(int maxRows, int width, int classes) {
        if (maxRows < 1 || width < 1 || classes < 1) {
            throw new IllegalArgumentException("a batch needs at least one row, feature and class, but has " + maxRows
                    + " rows of " + width + " features and " + classes + " classes");
        }
        this.maxRows = maxRows;
        this.width = width;
        this.classes = classes;
        this.inputs = floats(Math.multiplyExact(maxRows, width));
        this.outputs = floats(Math.multiplyExact(maxRows, classes));
    }

    /** Rows added since it was last cleared. */
    public int rows() {
        return rows;
    }

    public int maxRows() {
        return maxRows;
    }

    public int width() {
        return width;
    }

    public int classes() {
        return classes;
    }

    public boolean isFull() {
        return rows == maxRows;
    }

    /** Adds a row. */
    public void add(double[] features) {
        if (features.length != width) {
            throw new IllegalArgumentException(
                    "a row of this batch has " + width + " features, but " + features.length + " were given");
        }
        if (isFull()) {
            throw new IllegalStateException("the batch already has its " + maxRows + " rows: score and clear it first");
        }
        int at = rows * width;
        for (int i = 0; i < width; i++) {
            inputs.put(at + i, (float) features[i]);
        }
        rows++;
    }

    /** What the model said of a row; only between scoring and clearing. */
    public double probability(int row, int classIndex) {
        if (row < 0 || row >= scoredRows || classIndex < 0 || classIndex >= classes) {
            throw new IndexOutOfBoundsException("no probability of row " + row + " and class " + classIndex
                    + ": scored are " + scoredRows + " rows of " + classes + " classes");
        }
        return outputs.get(row * classes + classIndex);
    }

    /** Takes all rows out. */
    public void clear() {
        rows = 0;
        scoredRows = 0;
    }

    FloatBuffer filledInputs() {
        return inputs.slice(0, rows * width);
    }

    FloatBuffer awaitedOutputs() {
        return outputs.slice(0, rows * classes);
    }

    void scored() {
        scoredRows = rows;
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
