package io.millrace.inference.metrics;

import java.util.Arrays;

/**
 * How many rows of each class have which score, kept up while rows come, change and go. Exact: each distinct score has
 * its own counts.
 *
 * <p>Threading: confined to one thread. A row costs nothing once another of its score is there; a distinct score costs
 * 24 to 48 bytes.
 */
public final class ScoreTable {
    private static final int SMALLEST = 64;
    /** No score is NaN, so that its bits mark a free slot. */
    private static final int FREE = Float.floatToIntBits(Float.NaN);

    private int[] keys = new int[SMALLEST];
    private int[] positives = new int[SMALLEST];
    private int[] negatives = new int[SMALLEST];
    private int used;

    public ScoreTable() {
        Arrays.fill(keys, FREE);
    }

    /**
     * Counts rows of a score; less than zero takes rows back.
     *
     * @throws IllegalArgumentException if the score is NaN, or more rows are taken back than were counted
     */
    public void add(float score, boolean positive, int rows) {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("a score of NaN cannot be counted: score rows before judging them");
        }
        int slot = slot(key(score));
        int[] counts = positive ? positives : negatives;
        int count = Math.addExact(counts[slot], rows);
        if (count < 0) {
            throw new IllegalArgumentException(
                    "%d rows of score %s are to be taken back, %d were counted".formatted(-rows, score, counts[slot]));
        }
        if (keys[slot] == FREE) {
            keys[slot] = key(score);
            used++;
        }
        counts[slot] = count;
        if (used * 2 > keys.length) {
            rehash();
        }
    }

    /** Positive rows of a score. */
    public int positives(float score) {
        return positives[slot(key(score))];
    }

    /** Negative rows of a score. */
    public int negatives(float score) {
        return negatives[slot(key(score))];
    }

    /** The counts as they are now, in order. */
    public ScoreCounts counts() {
        long[] order = new long[used];
        int size = 0;
        for (int slot = 0; slot < keys.length; slot++) {
            if (positives[slot] + negatives[slot] > 0) {
                order[size++] = ((long) ascending(keys[slot]) << Integer.SIZE) | slot;
            }
        }
        Arrays.sort(order, 0, size);
        double[] scores = new double[size];
        long[] positive = new long[size];
        long[] negative = new long[size];
        for (int i = 0; i < size; i++) {
            int slot = (int) order[size - 1 - i];
            scores[i] = Float.intBitsToFloat(keys[slot]);
            positive[i] = positives[slot];
            negative[i] = negatives[slot];
        }
        return new ScoreCounts(scores, positive, negative);
    }

    private static int key(float score) {
        return Float.floatToIntBits(score == 0 ? 0f : score);
    }

    /** Bits that rise as the floats do. */
    private static int ascending(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = ((key * 0x9E3779B9) >>> 7) & mask;
        while (keys[slot] != key && keys[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Leaves out scores that no row has any more. */
    private void rehash() {
        int[] oldKeys = keys;
        int[] oldPositives = positives;
        int[] oldNegatives = negatives;
        int live = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            live += oldPositives[slot] + oldNegatives[slot] > 0 ? 1 : 0;
        }
        int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, live)) * 4);
        keys = new int[size];
        positives = new int[size];
        negatives = new int[size];
        Arrays.fill(keys, FREE);
        used = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldPositives[slot] + oldNegatives[slot] > 0) {
                int to = slot(oldKeys[slot]);
                keys[to] = oldKeys[slot];
                positives[to] = oldPositives[slot];
                negatives[to] = oldNegatives[slot];
                used++;
            }
        }
    }
}
