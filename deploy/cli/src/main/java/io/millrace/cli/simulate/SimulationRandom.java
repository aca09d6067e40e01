package io.millrace.cli.simulate;

/**
 * A stream of chance that is the same on every machine and every JDK: SplitMix64, with the transforms written
 * out here.
 *
 * <p>Threading: confined to its owner; streams of different purposes are independent of each other.
 */
final class SimulationRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private SimulationRandom(long state) {
        this.state = state;
    }

    /** The stream that belongs to a seed, a purpose, and two numbers that say whose it is. */
    static SimulationRandom of(long seed, Purpose purpose, long first, long second) {
        long state = mix(seed + GOLDEN_GAMMA);
        state = mix(state + GOLDEN_GAMMA * purpose.number);
        state = mix(state + GOLDEN_GAMMA * (first + 1));
        return new SimulationRandom(mix(state + GOLDEN_GAMMA * (second + 1)));
    }

    /** What a stream of chance is used for. */
    enum Purpose {
        CUSTOMER_PROFILE(1),
        TERMINAL_PLACE(2),
        CUSTOMER_DAY(3),
        COMPROMISED_TERMINALS(4),
        COMPROMISED_CARDS(5),
        COMPROMISED_CARD_CHOICE(6);

        private final long number;

        Purpose(long number) {
            this.number = number;
        }
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 (included) to 1 (excluded), in steps of 2^-53. */
    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** From 0 (included) to the bound (excluded). */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Box and Muller's transform; the second value of the pair is thrown away to keep the stream stateless. */
    double normal(double mean, double deviation) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return mean + deviation * radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Knuth's product of uniforms; meant for small means. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }
}
