package io.millrace.trainer.trees;

import io.millrace.trainer.data.TrainingRows;
import java.util.Random;

/** Made-up rows with a pattern that trees can learn, some values missing. */
final class TreeRows {

    static final int WIDTH = 6;

    private TreeRows() {}

    static TrainingRows rows(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * WIDTH];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++) {
            double logOdds = -1;
            for (int column = 0; column < WIDTH; column++) {
                float value = (float) (random.nextGaussian() * 3);
                boolean missing = random.nextInt(20) == 0;
                values[row * WIDTH + column] = missing ? Float.NaN : value;
                logOdds += missing ? 0.5 : column % 2 == 0 ? Math.sin(value) : Math.abs(value) / 3 - 0.7;
            }
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
        }
        return new TrainingRows(values, labels, WIDTH);
    }
}
