package io.millrace.stream.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits texts into groups of like length, since a model pads each text to the longest of its run.
 *
 * <p>From the longest on, a group takes the next shorter text as long as the padded group stays within the budget and
 * no more than a tenth of it is padding. So padding is bounded whatever the lengths are, and the shorter a text, the
 * more of them run together.
 *
 * <p>Threading: stateless.
 */
final class LengthGroups {
    private static final int PADDING_PARTS = 10;

    private LengthGroups() {}

    /**
     * The groups, the one with the longest texts first.
     *
     * @param lengths of the texts, in tokens
     * @param mostTokens of a group, padding among them; a longer text is a group of its own
     * @return indices into the lengths; each in exactly one group, those of equal lengths in their order
     */
    static List<List<Integer>> of(int[] lengths, int mostTokens) {
        List<Integer> order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer text) -> lengths[text]).reversed())
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        List<Integer> group = new ArrayList<>();
        long tokens = 0;
        for (int text : order) {
            if (!group.isEmpty()) {
                long padded = (group.size() + 1L) * lengths[group.get(0)];
                long padding = padded - tokens - lengths[text];
                if (padded > mostTokens || padding * PADDING_PARTS > padded) {
                    groups.add(group);
                    group = new ArrayList<>();
                    tokens = 0;
                }
            }
            group.add(text);
            tokens += lengths[text];
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
