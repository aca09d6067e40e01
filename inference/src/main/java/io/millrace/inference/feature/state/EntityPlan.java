package io.millrace.inference.feature.state;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.schemas.codec.EventShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * What one entity's stage has to keep, worked out once from its definitions. Each window has two edges, a leading one at
 * its delay and a trailing one a length further back; windows with the same edges and field share a running sum.
 *
 * <p>Threading: immutable after construction. Units: milliseconds.
 */
final class EntityPlan {
    static final int TIME = 0;
    static final int LABEL = Long.BYTES;
    static final int ID_HASH = 2 * Long.BYTES;

    /** A span between two edges, of one column of the log, or of none (-1). */
    record Span(int lead, int trail, int column) {}

    /** A feature: where it goes, what it is, and which span's running value it is. */
    record Window(int slot, Aggregate aggregate, int lead, int trail, int span) {}

    private final boolean labelled;
    private final long[] edgeOffsetsMillis;
    private final int[] columns;
    private final List<Window> windows = new ArrayList<>();
    private final List<Span> sums = new ArrayList<>();
    private final List<Span> shares = new ArrayList<>();
    private final List<Span> maxima = new ArrayList<>();
    private final int fingerprint;

    EntityPlan(FeatureSet set, String entity) {
        if (!set.entities().contains(entity)) {
            throw new IllegalArgumentException("feature set '" + set.name() + "' has no entity '" + entity
                    + "'; it has " + set.entities() + ": name one of these");
        }
        this.labelled = set.needsLabels(entity);
        List<WindowFeature> definitions = set.windows(entity);
        Set<Long> edges = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        for (WindowFeature window : definitions) {
            edges.add(leadMillis(window));
            edges.add(trailMillis(window));
            if (window.field() != null) {
                fields.add(window.field());
            }
        }
        EventShape shape = set.shape();
        this.edgeOffsetsMillis = edges.stream().mapToLong(Long::longValue).toArray();
        this.columns = fields.stream().mapToInt(shape::number).toArray();
        List<Long> edgeList = List.copyOf(edges);
        List<String> fieldList = List.copyOf(fields);
        for (WindowFeature window : definitions) {
            int lead = edgeList.indexOf(leadMillis(window));
            int trail = edgeList.indexOf(trailMillis(window));
            int column = window.field() == null ? -1 : fieldList.indexOf(window.field());
            int span = span(window.aggregate(), new Span(lead, trail, column));
            windows.add(new Window(set.index(window.name()), window.aggregate(), lead, trail, span));
        }
        this.fingerprint = fingerprint(List.of(labelled, edgeList, fieldList, sums, shares, maxima));
    }

    private static int fingerprint(List<Object> layout) {
        CRC32 crc = new CRC32();
        crc.update(layout.toString().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & 0xFFFF);
    }

    private int span(Aggregate aggregate, Span span) {
        return switch (aggregate) {
            case COUNT -> -1;
            case SUM, MEAN -> indexIn(sums, span);
            case POSITIVE_SHARE -> indexIn(shares, span);
            case MAX -> indexIn(maxima, span);
        };
    }

    private static int indexIn(List<Span> spans, Span span) {
        if (!spans.contains(span)) {
            spans.add(span);
        }
        return spans.indexOf(span);
    }

    private static long leadMillis(WindowFeature window) {
        return window.delay().toMillis();
    }

    private static long trailMillis(WindowFeature window) {
        return window.delay().plus(window.length()).toMillis();
    }

    /** Whether entries hold a label and a hash of the event's id. */
    boolean isLabelled() {
        return labelled;
    }

    int edges() {
        return edgeOffsetsMillis.length;
    }

    /** How far an edge lies behind the event. */
    long edgeOffsetMillis(int edge) {
        return edgeOffsetsMillis[edge];
    }

    /** How far back the furthest window sees. */
    long reachMillis() {
        long reach = 0;
        for (long offset : edgeOffsetsMillis) {
            reach = Math.max(reach, offset);
        }
        return reach;
    }

    /** For each column of the log, the place of its number in the event. */
    int[] columns() {
        return columns.clone();
    }

    /** Where a column lies in an entry. */
    int columnOffset(int column) {
        return (labelled ? ID_HASH + Integer.BYTES : Long.BYTES) + column * Double.BYTES;
    }

    int entryWidth() {
        return columnOffset(columns.length);
    }

    List<Window> windows() {
        return windows;
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

    /** Tells state of this plan from state of another. */
    int fingerprint() {
        return fingerprint;
    }
}
