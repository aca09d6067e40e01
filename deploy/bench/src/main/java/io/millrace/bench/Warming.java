package io.millrace.bench;

/**
 * Rounds before those that count, which go on until three in a row get no better: on few cores the compilers of a JVM take
 * minutes to be done.
 *
 * <p>Threading: stateless.
 */
public final class Warming {
    private static final int LEVEL_ROUNDS = 3;
    private static final double NOTABLE = 1.05;

    private Warming() {}

    /** Runs a round and answers how good it was: more is better. */
    public interface Round {
        double run(int number) throws InterruptedException;
    }

    /**
     * The best round's value; 0 without any.
     *
     * @param mostRounds after which they end however much better they get; they are numbered from 0
     */
    public static double best(int mostRounds, Round round) throws InterruptedException {
        double best = 0;
        for (int number = 0, level = 0; number < mostRounds && level < LEVEL_ROUNDS; number++) {
            double value = round.run(number);
            level = value > best * NOTABLE ? 0 : level + 1;
            best = Math.max(best, value);
        }
        return best;
    }
}
