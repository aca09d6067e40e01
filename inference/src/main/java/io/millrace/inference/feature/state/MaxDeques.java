package io.millrace.inference.feature.state;

import io.millrace.inference.feature.state.EntityPlan.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The highest value of each window that asks for it. Of a window's entries only those are held that no later one equals or
 * exceeds: the first of them is the maximum, and each entry comes and goes once.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class MaxDeques {
    private static final int VALUE = Long.BYTES;
    private static final int WIDTH = Long.BYTES + Double.BYTES;

    private final EntityPlan plan;
    private final long[] offsetsMillis;
    private final ChunkedLog log;
    private final List<ChunkedLog> deques = new ArrayList<>();
    private final byte[] entry = new byte[WIDTH];

    MaxDeques(EntityPlan plan, ChunkedLog log, KeyedChunks chunks, int firstSeries, int chunkEntries) {
        this.plan = plan;
        this.offsetsMillis = plan.edgeOffsetsMillis();
        this.log = log;
        for (int i = 0; i < plan.maxima().size(); i++) {
            deques.add(new ChunkedLog(chunks, firstSeries + i, WIDTH, chunkEntries));
        }
    }

    void clear() {
        deques.forEach(ChunkedLog::clear);
    }

    void readFrom(StateReader header) {
        for (ChunkedLog deque : deques) {
            deque.readFrom(header);
        }
    }

    void writeTo(StateWriter header) {
        for (ChunkedLog deque : deques) {
            deque.writeTo(header);
        }
    }

    /** Says that an edge moved over an entry, which comes into the windows that the edge leads. */
    void enter(int edge, long number, long entryMillis) {
        for (int i = 0; i < deques.size(); i++) {
            Span span = plan.maxima().get(i);
            if (span.lead() == edge) {
                insert(i, entryMillis, log.getDouble(number, plan.columnOffset(span.column())));
            }
        }
    }

    /** Puts in a value at its time. Costs more the more of the held entries are later. */
    void insert(int index, long entryMillis, double value) {
        ChunkedLog deque = deques.get(index);
        List<double[]> laterValues = new ArrayList<>(0);
        List<Long> laterMillis = new ArrayList<>(0);
        while (!deque.isEmpty() && deque.time(deque.end() - 1) > entryMillis) {
            laterMillis.add(deque.time(deque.end() - 1));
            laterValues.add(new double[] {deque.getDouble(deque.end() - 1, VALUE)});
            deque.removeLast();
        }
        boolean exceeded = !laterValues.isEmpty() && laterValues.get(laterValues.size() - 1)[0] >= value;
        if (!exceeded) {
            while (!deque.isEmpty() && deque.getDouble(deque.end() - 1, VALUE) <= value) {
                deque.removeLast();
            }
            append(deque, entryMillis, value);
        }
        for (int i = laterMillis.size() - 1; i >= 0; i--) {
            append(deque, laterMillis.get(i), laterValues.get(i)[0]);
        }
    }

    private void append(ChunkedLog deque, long entryMillis, double value) {
        Binary.putLong(entry, 0, entryMillis);
        Binary.putDouble(entry, VALUE, value);
        deque.append(entry);
    }

    /** Lets go of what the windows of an event at the given time no longer hold. */
    void expire(long timeMillis) {
        for (int i = 0; i < deques.size(); i++) {
            ChunkedLog deque = deques.get(i);
            long trailMillis = timeMillis - offsetsMillis[plan.maxima().get(i).trail()];
            while (!deque.isEmpty() && deque.time(deque.start()) <= trailMillis) {
                deque.removeFirst();
            }
            if (deque.isEmpty()) {
                deque.clear();
            }
        }
    }

    /** The maximum of a window, 0 if it is empty. */
    double max(int index) {
        ChunkedLog deque = deques.get(index);
        return deque.isEmpty() ? 0 : deque.getDouble(deque.start(), VALUE);
    }

    /**
     * The maximum of a window of an earlier time. The maximum of now is that of then too if it was there already; what the
     * window has lost since is looked through. Only where a later entry is the maximum of now, the whole window is.
     *
     * @param then where the edges stood at the earlier time
     * @param now where they stand
     */
    double maxOfEarlier(int index, Cursors then, Cursors now, long leadMillis) {
        Span span = plan.maxima().get(index);
        ChunkedLog deque = deques.get(index);
        long from = then.position(span.trail());
        long to = then.position(span.lead());
        double max = Double.NEGATIVE_INFINITY;
        if (!deque.isEmpty() && deque.time(deque.start()) <= leadMillis) {
            max = max(index);
            to = Math.min(to, now.position(span.trail()));
        }
        for (long number = from; number < to; number++) {
            max = Math.max(max, log.getDouble(number, plan.columnOffset(span.column())));
        }
        return max == Double.NEGATIVE_INFINITY ? 0 : max;
    }
}
