package io.millrace.trainer.gradient.tuning;

import java.util.Random;

/**
 * Draws the examples that are learned again in an epoch: all are drawn once before one is drawn twice.
 *
 * <p>Threading: stateless.
 */
final class ReplayDraw {
    private final int[] examples;
    private final int size;

    /**
     * @param size how many are drawn for an epoch; none if there are no examples
     */
    ReplayDraw(int[] examples, long size) {
        this.examples = examples;
        this.size = examples.length == 0 ? 0 : Math.toIntExact(size);
    }

    /** How many are drawn for an epoch. */
    int size() {
        return size;
    }

    /** New examples, and a draw of those to learn again. */
    int[] beside(int[] learned, Random random) {
        int[] all = new int[learned.length + size];
        System.arraycopy(learned, 0, all, 0, learned.length);
        int[] rest = examples.clone();
        int left = 0;
        for (int i = 0; i < size; i++) {
            left = left == 0 ? rest.length : left;
            int place = random.nextInt(left);
            int drawn = rest[place];
            left--;
            rest[place] = rest[left];
            rest[left] = drawn;
            all[learned.length + i] = drawn;
        }
        return all;
    }
}
