package io.millrace.trainer.data;

import io.millrace.schemas.codec.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Feature rows in the order of time, each with its event's time, keys and truth.
 *
 * <p>Threading: filled by one thread, then read only. Units: milliseconds since 1970-01-01 UTC; days are UTC days
 * since then. Lifecycle: four bytes a feature in memory; nothing to close.
 */
public final class FeatureTable {

    /** A row without its features. */
    private record Head(long timeMillis, List<String> keys, boolean positive) {
        private Head(Event event, boolean positive) {
            this(event.timeMillis(), List.of(event.keys()), positive);
        }
    }

    private static final long DAY_MILLIS = 86_400_000;
    private static final int BLOCK_ROWS = 1 << 14;

    private final int width;
    private final List<Head> heads = new ArrayList<>();
    private final List<float[]> blocks = new ArrayList<>();

    public FeatureTable(int width) {
        this.width = width;
    }

    /** Adds a row; features become float32, as the model sees them. */
    public void add(LabelledEvent labelled, double[] features) {
        int row = heads.size();
        if (row % BLOCK_ROWS == 0) {
            blocks.add(new float[BLOCK_ROWS * width]);
        }
        float[] block = blocks.get(row / BLOCK_ROWS);
        int offset = row % BLOCK_ROWS * width;
        for (int column = 0; column < width; column++) {
            block[offset + column] = (float) features[column];
        }
        heads.add(new Head(labelled.event(), labelled.positive()));
    }

    public int rows() {
        return heads.size();
    }

    public int width() {
        return width;
    }

    public long timeMillis(int row) {
        return heads.get(row).timeMillis();
    }

    public long day(int row) {
        return Math.floorDiv(heads.get(row).timeMillis(), DAY_MILLIS);
    }

    /** A key of the row's event, by its place in the feature set's shape. */
    public String key(int row, int place) {
        return heads.get(row).keys().get(place);
    }

    public boolean positive(int row) {
        return heads.get(row).positive();
    }

    /** Numbers of the rows that fulfil a condition, in the order of time. */
    public int[] rowsWhere(IntPredicate condition) {
        return IntStream.range(0, rows()).filter(condition).toArray();
    }

    /** The rows of some days, both ends included. */
    public int[] rowsOfDays(long firstDay, long lastDay) {
        return rowsWhere(row -> day(row) >= firstDay && day(row) <= lastDay);
    }

    /** Packs some rows for a learner or a scorer. */
    public TrainingRows pack(int[] rows) {
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        float[] labels = new float[rows.length];
        for (int place = 0; place < rows.length; place++) {
            int row = rows[place];
            System.arraycopy(blocks.get(row / BLOCK_ROWS), row % BLOCK_ROWS * width, values, place * width, width);
            labels[place] = positive(row) ? 1 : 0;
        }
        return new TrainingRows(values, labels, width);
    }

    /** The truth of some rows. */
    public boolean[] positives(int[] rows) {
        boolean[] positives = new boolean[rows.length];
        for (int place = 0; place < rows.length; place++) {
            positives[place] = positive(rows[place]);
        }
        return positives;
    }
}
