package io.millrace.bench.latency;

/** Rounds that go on for as long as they get better. Threading: confined to one thread. */
final class Warming {
    private static final int LEVEL_ROUNDS = 3;
    private static final double NOTABLE = 1.05;

    private final int mostRounds;
    private double best;
    private int rounds;
    private int level;

    Warming(int mostRounds) {
        this.mostRounds = mostRounds;
    }

    boolean goesOn() {
        return rounds < mostRounds && level < LEVEL_ROUNDS;
    }

    /** Takes account of a round; more is better. */
    void round(double value) {
        rounds++;
        level = value > best * NOTABLE ? 0 : level + 1;
        best = Math.max(best, value);
    }

    /** The best round's value; 0 before the first. */
    double best() {
        return best;
    }
}
