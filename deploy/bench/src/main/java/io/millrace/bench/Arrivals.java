package io.millrace.bench;

import java.util.SplittableRandom;

/**
 * Events that come at random, as many customers' do, each for a key at random. Two of one seed tell the same, and the
 * times are the same for any number of keys.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC.
 */
final class Arrivals {
    private final SplittableRandom times;
    private final SplittableRandom places;
    private final int keys;
    private final double meanGapMillis;
    private int number = -1;
    private long timeMillis;
    private int key;

    Arrivals(long seed, int keys, double meanGapMillis) {
        SplittableRandom random = new SplittableRandom(seed);
        this.times = random.split();
        this.places = random.split();
        this.keys = keys;
        this.meanGapMillis = meanGapMillis;
        advance();
    }

    /** Goes on to the next event. */
    void advance() {
        number++;
        timeMillis += Math.round(-Math.log(1 - times.nextDouble()) * meanGapMillis);
        key = places.nextInt(keys);
    }

    /** How many events came before. */
    int number() {
        return number;
    }

    long timeMillis() {
        return timeMillis;
    }

    /** Which of the keys the event is of. */
    int key() {
        return key;
    }
}
