package io.millrace.bench.scale;

/**
 * The rate of a run, from what was seen to be committed: from the first look that saw a twentieth of the counted records
 * to the first that saw 95 % of them.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of a monotonic clock.
 */
final class CommittedRate {
    private static final double FROM = 0.05;
    private static final double TO = 0.95;

    private final long from;
    private final long to;
    private long beginNanos;
    private long beginRecords = -1;
    private long endNanos;
    private long endRecords = -1;

    /**
     * @param filling records before the first that counts
     * @param counted records that count
     */
    CommittedRate(long filling, long counted) {
        this.from = filling + Math.round(FROM * counted);
        this.to = filling + Math.round(TO * counted);
    }

    /** So many records were committed then; looks come in order of time. */
    void saw(long nanos, long records) {
        if (beginRecords < 0 && records >= from) {
            beginNanos = nanos;
            beginRecords = records;
        } else if (beginRecords >= 0 && endRecords < 0 && records >= to) {
            endNanos = nanos;
            endRecords = records;
        }
    }

    /** Records a second; not a number if begin and end fell into one look. */
    double perSecond() {
        return endRecords < 0 ? Double.NaN : (endRecords - beginRecords) / ((endNanos - beginNanos) / 1e9);
    }
}
