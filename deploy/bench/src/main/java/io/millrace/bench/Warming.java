package io.millrace.bench;

/**
 * Rounds before those that count, which go on until three in a row get no better: on few cores the compilers of a JVM take
 * minutes to be done.
 *
 * <p>Threading: confined to one thread.
 */
public final class Warming {
    private static final int LEVEL_ROUNDS = 3;
    private static final double NOTABLE = 1.05;

    private final int mostRounds;
    private double best;
    private int rounds;
    private int level;

    /** @param mostRounds after which they end however much better they get */
    public Warming(int mostRounds) {
        this.mostRounds = mostRounds;
    }

    /** Whether there is another round. */
    public boolean goesOn() {
        return rounds < mostRounds && level < LEVEL_ROUNDS;
    }

    /** Takes account of a round; more is better. */
    public void round(double value) {
        rounds++;
        level = value > best * NOTABLE ? 0 : level + 1;
        best = Math.max(best, value);
    }

    /** The best round's value; 0 before the first. */
    public double best() {
        return best;
    }
}
