package io.millrace.trainer.gate;

import io.millrace.inference.metrics.ScoredLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What champion and candidate say of the same rows.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param champion the champion's probability of the positive class, row by row
 * @param candidate the candidate's
 * @param positives the truth
 * @param segments the group of each row, null for a row without one
 * @param decisions what the two decide; null where thresholds are yet to be chosen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would double the memory
public record Comparison(
        double[] champion,
        double[] candidate,
        boolean[] positives,
        List<@Nullable String> segments,
        @Nullable Decisions decisions) {

    /**
     * The classes that the two decide on.
     *
     * @param classes how many classes there are
     * @param truth index of the true class, row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Decisions(int classes, int[] champion, int[] candidate, int[] truth) {

        private Decisions ofRows(List<Integer> rows) {
            return new Decisions(classes, some(champion, rows), some(candidate, rows), some(truth, rows));
        }

        private static int[] some(int[] all, List<Integer> rows) {
            return rows.stream().mapToInt(row -> all[row]).toArray();
        }
    }

    /** A comparison of scores alone. */
    public Comparison(double[] champion, double[] candidate, boolean[] positives, List<@Nullable String> segments) {
        this(champion, candidate, positives, segments, null);
    }

    public Comparison {
        if (champion.length != positives.length
                || candidate.length != positives.length
                || segments.size() != positives.length) {
            throw new IllegalArgumentException("a comparison needs both scores, the truth and the segment of each row: "
                    + champion.length + ", " + candidate.length + ", " + positives.length + " and " + segments.size());
        }
        segments = Collections.unmodifiableList(new ArrayList<>(segments));
    }

    public int rows() {
        return positives.length;
    }

    /** How many rows are truly positive. */
    public int positiveCount() {
        int count = 0;
        for (boolean positive : positives) {
            count += positive ? 1 : 0;
        }
        return count;
    }

    /** The first row of which one of the two says no number; -1 if there is none. */
    int firstNotFinite() {
        for (int row = 0; row < rows(); row++) {
            if (!Double.isFinite(champion[row]) || !Double.isFinite(candidate[row])) {
                return row;
            }
        }
        return -1;
    }

    Answers ofChampion() {
        return new Answers(
                new ScoredLabels(champion, positives),
                decisions == null ? null : new Decided(decisions.classes(), decisions.champion(), decisions.truth()));
    }

    Answers ofCandidate() {
        return new Answers(
                new ScoredLabels(candidate, positives),
                decisions == null ? null : new Decided(decisions.classes(), decisions.candidate(), decisions.truth()));
    }

    /** The comparison of each segment, in the order of their names; rows without one are in none. */
    Map<String, Comparison> bySegment() {
        Map<String, List<Integer>> rowsBySegment = new TreeMap<>();
        for (int row = 0; row < rows(); row++) {
            String segment = segments.get(row);
            if (segment != null) {
                rowsBySegment
                        .computeIfAbsent(segment, name -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<String, Comparison> parts = new TreeMap<>();
        rowsBySegment.forEach((segment, rows) -> parts.put(segment, ofRows(rows)));
        return parts;
    }

    private Comparison ofRows(List<Integer> rows) {
        double[] champions = new double[rows.size()];
        double[] candidates = new double[rows.size()];
        boolean[] truths = new boolean[rows.size()];
        List<@Nullable String> groups = new ArrayList<>(rows.size());
        for (int place = 0; place < truths.length; place++) {
            int row = rows.get(place);
            champions[place] = champion[row];
            candidates[place] = candidate[row];
            truths[place] = positives[row];
            groups.add(segments.get(row));
        }
        return new Comparison(champions, candidates, truths, groups, decisions == null ? null : decisions.ofRows(rows));
    }
}
