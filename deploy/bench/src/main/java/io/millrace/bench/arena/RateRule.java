package io.millrace.bench.arena;

import java.util.ArrayList;
import java.util.List;

/**
 * The rate of a run: from the first look that saw a tenth of the records committed to the first that saw 95 %, so that
 * neither the start nor the end counts.
 *
 * <p>Threading: stateless. Units: nanoseconds of a monotonic clock.
 */
final class RateRule {
    private static final double FROM = 0.10;
    private static final double TO = 0.95;

    private RateRule() {}

    /** How many records were committed at a time. */
    record Look(long nanos, long records) {}

    /**
     * A rate.
     *
     * @param coarse whether both ends fell into one look, so that the one before had to do: the run was too short
     */
    record Rate(double perSecond, double seconds, boolean coarse) {}

    /**
     * The rate of a run in which all records came.
     *
     * @param looks in order of time, the last of which saw all
     */
    static Rate of(List<Look> looks, long expected) {
        int from = first(looks, FROM * expected);
        int to = first(looks, TO * expected);
        boolean coarse = from == to;
        Look begin = coarse ? looks.get(Math.max(0, from - 1)) : looks.get(from);
        Look end = looks.get(to);
        double seconds = Math.max(1, end.nanos() - begin.nanos()) / 1e9;
        return new Rate((end.records() - begin.records()) / seconds, seconds, coarse);
    }

    private static int first(List<Look> looks, double records) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).records() >= records) {
                return i;
            }
        }
        throw new IllegalArgumentException("no look saw " + records + " records: they did not all come");
    }

    /** Looks that saw offsets as looks that saw records: markers of transactions have offsets too, and are none. */
    static List<Look> looks(List<EndsSeen> seen, CommittedIds read) {
        List<Look> looks = new ArrayList<>();
        for (EndsSeen ends : seen) {
            long records = 0;
            for (int partition = 0; partition < ends.ends().length; partition++) {
                records += read.recordsBelow(partition, ends.ends()[partition]);
            }
            looks.add(new Look(ends.nanos(), records));
        }
        return looks;
    }
}
