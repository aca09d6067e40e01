package io.millrace.cli.score;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Labels that become known some time after their events, handed out in the order of that time.
 *
 * <p>Threading: confined to one thread.
 */
final class LateLabels {
    /** A label on its way. */
    record Due(String eventId, long eventTimeMillis, long labelledAtMillis, String label) {}

    private final long delayMillis;
    private final Queue<Due> inOrder = new ArrayDeque<>();
    private final Queue<Due> outOfOrder = new PriorityQueue<>(Comparator.comparingLong(Due::labelledAtMillis));
    private long newestMillis = Long.MIN_VALUE;

    LateLabels(long delayMillis) {
        this.delayMillis = delayMillis;
    }

    void add(String eventId, long eventTimeMillis, String label) {
        Due due = new Due(eventId, eventTimeMillis, eventTimeMillis + delayMillis, label);
        if (due.labelledAtMillis() >= newestMillis) {
            newestMillis = due.labelledAtMillis();
            inOrder.add(due);
        } else {
            outOfOrder.add(due);
        }
    }

    /** The next label that is known at or before a time, null when there is none. */
    @Nullable
    Due nextUntil(long timeMillis) {
        Due first = inOrder.peek();
        Due late = outOfOrder.peek();
        Queue<Due> queue = late != null && (first == null || late.labelledAtMillis() < first.labelledAtMillis())
                ? outOfOrder
                : inOrder;
        Due next = queue.peek();
        if (next == null || next.labelledAtMillis() > timeMillis) {
            return null;
        }
        return queue.poll();
    }
}
