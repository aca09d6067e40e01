package io.millrace.inference.feature.state;

import io.millrace.inference.feature.state.EntityPlan.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where each window edge of a key stands in its log, and what lies between the edges. An edge that moves over an entry
 * takes it into the windows that it leads and out of those that it trails; so an event costs what its edges move, not what
 * its windows hold. The time of the entry ahead of an edge is kept here: an edge that need not move reads nothing.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class Cursors {
    /** No entry ahead of the edge. */
    private static final long NOTHING_AHEAD = Long.MAX_VALUE;

    private final EntityPlan plan;
    private final ChunkedLog log;
    private final EdgeListener listener;
    private final List<Span> sumSpans;
    private final List<Span> shareSpans;
    private final int[][] ledSums;
    private final int[][] trailedSums;
    private final int[][] ledShares;
    private final int[][] trailedShares;
    private final long[] offsetsMillis;
    private final long[] positions;
    private final long[] aheadMillis;
    private final ExactSum sums;
    private final long[] positives;

    Cursors(EntityPlan plan, ChunkedLog log, EdgeListener listener) {
        this.plan = plan;
        this.offsetsMillis = plan.edgeOffsetsMillis();
        this.log = log;
        this.listener = listener;
        this.sumSpans = plan.sums();
        this.shareSpans = plan.shares();
        this.ledSums = spansByEdge(sumSpans, true);
        this.trailedSums = spansByEdge(sumSpans, false);
        this.ledShares = spansByEdge(shareSpans, true);
        this.trailedShares = spansByEdge(shareSpans, false);
        this.positions = new long[offsetsMillis.length];
        this.aheadMillis = new long[offsetsMillis.length];
        this.sums = new ExactSum(sumSpans.size());
        this.positives = new long[shareSpans.size()];
    }

    private int[][] spansByEdge(List<Span> spans, boolean lead) {
        int[][] byEdge = new int[offsetsMillis.length][];
        for (int edge = 0; edge < byEdge.length; edge++) {
            int wanted = edge;
            byEdge[edge] = IntStream.range(0, spans.size())
                    .filter(i -> (lead ? spans.get(i).lead() : spans.get(i).trail()) == wanted)
                    .toArray();
        }
        return byEdge;
    }

    void clear() {
        Arrays.fill(positions, 0);
        Arrays.fill(aheadMillis, NOTHING_AHEAD);
        Arrays.fill(positives, 0);
        for (int i = 0; i < sumSpans.size(); i++) {
            sums.clear(i);
        }
    }

    void readFrom(StateReader header, long headMillis) {
        for (int edge = 0; edge < positions.length; edge++) {
            positions[edge] = log.start() + header.readCount();
            aheadMillis[edge] = positions[edge] == log.end() ? NOTHING_AHEAD : headMillis + header.readDifference();
        }
        for (int i = 0; i < positives.length; i++) {
            positives[i] = header.readCount();
        }
        sums.readFrom(header);
    }

    void writeTo(StateWriter header, long headMillis) {
        for (int edge = 0; edge < positions.length; edge++) {
            header.writeCount(positions[edge] - log.start());
            if (positions[edge] != log.end()) {
                header.writeDifference(aheadMillis[edge] - headMillis);
            }
        }
        for (long positive : positives) {
            header.writeCount(positive);
        }
        sums.writeTo(header);
    }

    void copyFrom(Cursors other) {
        System.arraycopy(other.positions, 0, positions, 0, positions.length);
        System.arraycopy(other.aheadMillis, 0, aheadMillis, 0, aheadMillis.length);
        System.arraycopy(other.positives, 0, positives, 0, positives.length);
        sums.copyFrom(other.sums);
    }

    long position(int edge) {
        return positions[edge];
    }

    long count(int lead, int trail) {
        return positions[lead] - positions[trail];
    }

    double sum(int index) {
        Span span = sumSpans.get(index);
        double sum = sums.get(index);
        return Double.isFinite(sum) ? sum : sumAnew(index, span);
    }

    /** A sum that once left the range of numbers never comes back by itself. */
    private double sumAnew(int index, Span span) {
        sums.clear(index);
        double plain = 0;
        int offset = plan.columnOffset(span.column());
        for (long number = positions[span.trail()]; number < positions[span.lead()]; number++) {
            double value = log.getDouble(number, offset);
            sums.add(index, value);
            plain += value;
        }
        return Double.isFinite(sums.get(index)) ? sums.get(index) : plain;
    }

    long positives(int index) {
        return positives[index];
    }

    /** Moves the edges on to where they are for an event at the given time, which is not before the last one's. */
    void moveForward(long timeMillis) {
        for (int edge = 0; edge < positions.length; edge++) {
            long edgeMillis = timeMillis - offsetsMillis[edge];
            while (aheadMillis[edge] <= edgeMillis) {
                long number = positions[edge]++;
                listener.passed(edge, number, aheadMillis[edge]);
                cross(edge, number, 1);
                aheadMillis[edge] = positions[edge] < log.end() ? log.time(positions[edge]) : NOTHING_AHEAD;
            }
        }
        clearEmptySums();
    }

    /** Moves the edges back to where they were at an earlier time, but not before the oldest time that is kept. */
    void moveBack(long timeMillis, long keptAfterMillis) {
        for (int edge = 0; edge < positions.length; edge++) {
            long edgeMillis = Math.max(timeMillis - offsetsMillis[edge], keptAfterMillis);
            while (positions[edge] > log.start()) {
                long behindMillis = log.time(positions[edge] - 1);
                if (behindMillis <= edgeMillis) {
                    break;
                }
                aheadMillis[edge] = behindMillis;
                positions[edge]--;
                cross(edge, positions[edge], -1);
            }
        }
        clearEmptySums();
    }

    private void cross(int edge, long number, int direction) {
        addToSums(ledSums[edge], number, direction);
        addToSums(trailedSums[edge], number, -direction);
        if (ledShares[edge].length + trailedShares[edge].length > 0
                && LabelWord.isPositive(log.getLong(number, EntityPlan.LABEL))) {
            for (int share : ledShares[edge]) {
                positives[share] += direction;
            }
            for (int share : trailedShares[edge]) {
                positives[share] -= direction;
            }
        }
    }

    private void addToSums(int[] indices, long number, int sign) {
        for (int index : indices) {
            sums.add(
                    index,
                    sign
                            * log.getDouble(
                                    number,
                                    plan.columnOffset(sumSpans.get(index).column())));
        }
    }

    private void clearEmptySums() {
        for (int i = 0; i < sumSpans.size(); i++) {
            Span span = sumSpans.get(i);
            if (positions[span.lead()] == positions[span.trail()]) {
                sums.clear(i);
            }
        }
    }

    /**
     * Says that an entry was inserted, while the edges stand as for an event at {@code standMillis}, none of them before
     * the oldest time that is kept.
     */
    void inserted(long number, long entryMillis, long standMillis, long keptAfterMillis) {
        for (int i = 0; i < sumSpans.size(); i++) {
            Span span = sumSpans.get(i);
            if (isWithin(span, entryMillis, standMillis, keptAfterMillis)) {
                sums.add(i, log.getDouble(number, plan.columnOffset(span.column())));
            }
        }
        for (int i = 0; i < shareSpans.size(); i++) {
            if (isWithin(shareSpans.get(i), entryMillis, standMillis, keptAfterMillis)
                    && LabelWord.isPositive(log.getLong(number, EntityPlan.LABEL))) {
                positives[i]++;
            }
        }
        for (int edge = 0; edge < positions.length; edge++) {
            if (entryMillis <= edgeMillis(edge, standMillis, keptAfterMillis)) {
                positions[edge]++;
            } else if (positions[edge] == number) {
                aheadMillis[edge] = entryMillis;
            }
        }
    }

    /** Whether an entry of the given time lies between the edges. */
    boolean isWithin(Span span, long entryMillis, long standMillis, long keptAfterMillis) {
        return entryMillis <= edgeMillis(span.lead(), standMillis, keptAfterMillis)
                && entryMillis > edgeMillis(span.trail(), standMillis, keptAfterMillis);
    }

    private long edgeMillis(int edge, long standMillis, long keptAfterMillis) {
        return Math.max(standMillis - offsetsMillis[edge], keptAfterMillis);
    }

    /** Says that an entry became positive (1) or no longer is (-1). */
    void relabelled(long number, int change) {
        for (int i = 0; i < shareSpans.size(); i++) {
            Span span = shareSpans.get(i);
            if (number >= positions[span.trail()] && number < positions[span.lead()]) {
                positives[i] += change;
            }
        }
    }

    /** Counts the positives in the windows anew, without those that were labelled after the given time. */
    void recountPositives(long timeMillis) {
        for (int i = 0; i < shareSpans.size(); i++) {
            Span span = shareSpans.get(i);
            positives[i] = 0;
            for (long number = positions[span.trail()]; number < positions[span.lead()]; number++) {
                long word = log.getLong(number, EntityPlan.LABEL);
                if (LabelWord.isPositive(word) && LabelWord.labelledAtMillis(word) <= timeMillis) {
                    positives[i]++;
                }
            }
        }
    }

    /** An entry not far from the given time, to begin a search at. */
    long near(long timeMillis, long headMillis) {
        long nearest = log.end();
        long distance = headMillis - timeMillis;
        for (int edge = 0; edge < positions.length; edge++) {
            long edgeDistance = Math.abs(headMillis - offsetsMillis[edge] - timeMillis);
            if (edgeDistance < distance) {
                distance = edgeDistance;
                nearest = positions[edge];
            }
        }
        return nearest;
    }
}
