package io.millrace.trainer.service;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which labels came since the last run: their offsets, so that they can be taken off when any trainer's run used them.
 *
 * <p>Threading: confined to one thread.
 */
final class UnlearnedLabels {
    private final Map<Integer, ArrayDeque<Long>> offsets = new HashMap<>();
    private final Map<Integer, Long> learnedTo = new HashMap<>();
    private int count;

    /** A label came; those that were used already are not counted. */
    void add(int partition, long offset) {
        if (offset >= learnedTo.getOrDefault(partition, 0L)) {
            offsets.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(offset);
            count++;
        }
    }

    /** A run used the labels below these offsets. */
    void learnedTo(Map<Integer, Long> ends) {
        ends.forEach((partition, end) -> {
            learnedTo.merge(partition, end, Math::max);
            ArrayDeque<Long> waiting = offsets.getOrDefault(partition, new ArrayDeque<>());
            for (Long oldest = waiting.peek(); oldest != null && oldest < end; oldest = waiting.peek()) {
                waiting.remove();
                count--;
            }
        });
    }

    /** How many wait to be learned from. */
    int count() {
        return count;
    }
}
