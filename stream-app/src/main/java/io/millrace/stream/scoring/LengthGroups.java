package io.millrace.stream.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits texts into groups of like length, since a model pads each text to the longest of its run.
 *
 * <p>Of all ways to cut the texts, sorted by length, into groups that are within the budget and at most a tenth padding,
 * the one with the least to compute is taken: the tokens of all groups with their padding, and for each group a few
 * more, since a run costs something whatever its size.
 *
 * <p>Threading: stateless.
 */
final class LengthGroups {
    /** What a run costs beside its tokens, in tokens: mostly that all weights pass through the processor's caches. */
    private static final int RUN_COST = 8;

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
        int[] sorted = order.stream().mapToInt(text -> lengths[text]).toArray();
        int[] ends = ends(sorted, mostTokens);
        List<List<Integer>> groups = new ArrayList<>();
        for (int first = 0; first < sorted.length; first = ends[first]) {
            groups.add(order.subList(first, ends[first]));
        }
        return groups;
    }

    /** Where the group ends that begins at each place, if one begins there. */
    private static int[] ends(int[] sorted, int mostTokens) {
        int[] ends = new int[sorted.length];
        long[] costs = new long[sorted.length + 1];
        Arrays.fill(costs, 0, sorted.length, Long.MAX_VALUE);
        for (int first = sorted.length - 1; first >= 0; first--) {
            long own = 0;
            for (int end = first + 1; end <= sorted.length; end++) {
                own += sorted[end - 1];
                long padded = (long) (end - first) * sorted[first];
                boolean single = end == first + 1;
                if (!single && (padded > mostTokens || (padded - own) * PADDING_PARTS > padded)) {
                    break;
                }
                long cost = padded + RUN_COST + costs[end];
                if (cost <= costs[first]) {
                    costs[first] = cost;
                    ends[first] = end;
                }
            }
        }
        return ends;
    }
}
