package io.millrace.inference.feature.state;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.EntityDefinition;
import io.millrace.inference.feature.Explanation;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.HistoryFeature;
import io.millrace.inference.feature.HistoryMeasure;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.inference.feature.LabelRunMeasure;
import io.millrace.inference.feature.WindowFeature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What one entity's stage has to keep, worked out once from its definitions. Each window has two edges, a leading one at
 * its delay and a trailing one a length further back; windows with the same edges and column share a running sum.
 *
 * <p>Threading: immutable after construction. Units: milliseconds.
 */
final class EntityPlan {
    static final int TIME = 0;
    static final int LABEL = Long.BYTES;
    static final int ID_HASH = 2 * Long.BYTES;

    private static final int NONE = -1;

    /** A span between two edges, of one column of the log, or of none (-1). */
    record Span(int lead, int trail, int column) {}

    /** A value kept with each event: a number of the event, or a feature of its own history, by its place. */
    record Column(boolean ofHistory, int place) {}

    /** A window feature: where it goes, what it is, and which span's running value it is. */
    record Window(int slot, Aggregate aggregate, int lead, int trail, int span) {}

    /** A history feature: where it goes, what it is, of which history, and which number of the event it looks at. */
    record History(int slot, HistoryMeasure measure, int history, int number) {}

    /** A label run feature: where it goes, what it is, and of which run. */
    record LabelRun(int slot, LabelRunMeasure measure, int run) {}

    private final FeatureSet set;
    private final boolean labelled;
    private final List<Long> edges = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();
    private final List<Window> windowsOfEarlier = new ArrayList<>();
    private final List<Span> sums = new ArrayList<>();
    private final List<Span> shares = new ArrayList<>();
    private final List<Span> maxima = new ArrayList<>();
    private final List<Integer> histories = new ArrayList<>();
    private final List<History> historyFeatures = new ArrayList<>();
    private final List<Integer> runEdges = new ArrayList<>();
    private final List<LabelRun> runFeatures = new ArrayList<>();
    private final int explainingSlot;
    private final double explainedAbove;
    private final long reachMillis;
    private final int fingerprint;

    EntityPlan(FeatureSet set, String entity) {
        if (!set.entities().contains(entity)) {
            throw new IllegalArgumentException("feature set '" + set.name() + "' has no entity '" + entity
                    + "'; it has " + set.entities() + ": name one of these");
        }
        this.set = set;
        this.labelled = set.needsLabels(entity);
        @Nullable Explanation explanation = null;
        long horizonMillis = 0;
        for (EntityDefinition feature : set.definitions(entity)) {
            if (feature instanceof WindowFeature window) {
                add(window);
            } else if (feature instanceof HistoryFeature history) {
                add(history);
            } else if (feature instanceof LabelRunFeature run) {
                add(run);
                explanation = run.explainedBy();
                horizonMillis = Math.max(horizonMillis, run.horizon().toMillis());
            }
        }
        this.explainingSlot = explanation == null ? NONE : set.index(explanation.feature());
        this.explainedAbove = explanation == null ? 0 : explanation.above();
        this.reachMillis = edges.stream().mapToLong(Long::longValue).reduce(horizonMillis, Math::max);
        this.fingerprint = fingerprint(List.of(labelled, edges, columns, sums, shares, maxima, histories, runEdges));
    }

    private void add(WindowFeature window) {
        int lead = edge(window.delay());
        int trail = edge(window.delay().plus(window.length()));
        HistoryFeature history = set.history(window);
        int column = NONE;
        if (history != null) {
            column = placeIn(columns, new Column(true, set.index(history.name())));
        } else if (window.field() != null) {
            column = placeIn(columns, new Column(false, number(window.field())));
        }
        Span span = new Span(lead, trail, column);
        int spanPlace = switch (window.aggregate()) {
            case COUNT -> NONE;
            case SUM, MEAN -> placeIn(sums, span);
            case POSITIVE_SHARE -> placeIn(shares, span);
            case MAX -> placeIn(maxima, span);
        };
        (history == null ? windows : windowsOfEarlier)
                .add(new Window(set.index(window.name()), window.aggregate(), lead, trail, spanPlace));
    }

    private void add(HistoryFeature history) {
        int number = number(history.field());
        int place = placeIn(histories, number);
        historyFeatures.add(new History(set.index(history.name()), history.measure(), place, number));
    }

    private void add(LabelRunFeature run) {
        int place = placeIn(runEdges, edge(run.delay()));
        runFeatures.add(new LabelRun(set.index(run.name()), run.measure(), place));
    }

    private int number(String field) {
        return set.shape().number(field);
    }

    private int edge(Duration offset) {
        return placeIn(edges, offset.toMillis());
    }

    private static <T> int placeIn(List<T> list, T element) {
        if (!list.contains(element)) {
            list.add(element);
        }
        return list.indexOf(element);
    }

    private static int fingerprint(List<Object> layout) {
        CRC32 crc = new CRC32();
        crc.update(layout.toString().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & 0xFFFF);
    }

    /** Whether entries hold a label and a hash of the event's id. */
    boolean isLabelled() {
        return labelled;
    }

    /** How far each edge lies behind the event. */
    long[] edgeOffsetsMillis() {
        return edges.stream().mapToLong(Long::longValue).toArray();
    }

    /** How far back the stage sees. */
    long reachMillis() {
        return reachMillis;
    }

    List<Column> columns() {
        return columns;
    }

    /** The places of all the event's numbers that the stage computes with. */
    int[] numbers() {
        IntStream ofColumns =
                columns.stream().filter(column -> !column.ofHistory()).mapToInt(Column::place);
        IntStream ofHistories = histories.stream().mapToInt(Integer::intValue);
        return IntStream.concat(ofColumns, ofHistories).distinct().toArray();
    }

    /** Where a column lies in an entry. */
    int columnOffset(int column) {
        return (labelled ? ID_HASH + Integer.BYTES : Long.BYTES) + column * Double.BYTES;
    }

    int entryWidth() {
        return columnOffset(columns.size());
    }

    /** Windows that the event itself may be in. */
    List<Window> windows() {
        return windows;
    }

    /** Windows over the values of a history, which those of earlier events have only. */
    List<Window> windowsOfEarlier() {
        return windowsOfEarlier;
    }

    List<Span> sums() {
        return sums;
    }

    List<Span> shares() {
        return shares;
    }

    List<Span> maxima() {
        return maxima;
    }

    /** How many numbers have a history. */
    int histories() {
        return histories.size();
    }

    /** The number of the event that a history is of. */
    int numberOfHistory(int history) {
        return histories.get(history);
    }

    List<History> historyFeatures() {
        return historyFeatures;
    }

    /** For each run, the edge that an entry must be behind to count. */
    int[] runEdges() {
        return runEdges.stream().mapToInt(Integer::intValue).toArray();
    }

    List<LabelRun> runFeatures() {
        return runFeatures;
    }

    /** Whether the features so far explain a positive label of the event. */
    boolean isExplained(double[] features) {
        return explainingSlot != NONE && features[explainingSlot] > explainedAbove;
    }

    /** Tells state of this plan from state of another. */
    int fingerprint() {
        return fingerprint;
    }
}
