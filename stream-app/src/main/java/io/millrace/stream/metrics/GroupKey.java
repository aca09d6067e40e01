package io.millrace.stream.metrics;

import io.millrace.schemas.MetricsWindow;
import java.util.Comparator;

/**
 * Which version and which window of event time a group of rows belongs to.
 *
 * <p>Units: milliseconds since 1970-01-01 UTC.
 *
 * @param startMillis of the window; {@link #ALL} for all time
 */
record GroupKey(int version, long startMillis) implements Comparable<GroupKey> {
    /** No window starts there. */
    static final long ALL = Long.MIN_VALUE;

    private static final Comparator<GroupKey> ORDER =
            Comparator.comparingInt(GroupKey::version).thenComparingLong(GroupKey::startMillis);

    static GroupKey all(int version) {
        return new GroupKey(version, ALL);
    }

    static GroupKey window(int version, long eventTimeMillis, long windowMillis) {
        return new GroupKey(version, Math.floorDiv(eventTimeMillis, windowMillis) * windowMillis);
    }

    boolean isAll() {
        return startMillis == ALL;
    }

    /** The end of the window, exclusive. */
    long endMillis(long windowMillis) {
        return isAll() ? MetricsWindow.ALL_END.toEpochMilli() : startMillis + windowMillis;
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
