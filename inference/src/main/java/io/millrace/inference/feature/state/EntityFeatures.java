package io.millrace.inference.feature.state;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.EntityPlan.Column;
import io.millrace.inference.feature.state.EntityPlan.History;
import io.millrace.inference.feature.state.EntityPlan.LabelRun;
import io.millrace.inference.feature.state.EntityPlan.Span;
import io.millrace.inference.feature.state.EntityPlan.Window;
import java.time.Duration;
import java.util.List;

/**
 * The features of one kind of entity: one stage. Takes in the entity's events and what turned out to be true of them.
 *
 * <p><b>Cost.</b> An event reads and writes its key's header once, and a chunk of the key's log where a window edge moves
 * out of the chunk it was in: on average as many entries as there are edges, whatever the windows hold. An event earlier
 * than the key's latest costs in proportion to how many events came after it. Two cases look through a window: a maximum
 * that lies after a late event, and the labels of a late event when one was put in force after its time.
 *
 * <p><b>Order.</b> Each event's windows end at its own time. Of events with one time, each sees those that came before it.
 * A late event takes its place by its time; it sees what has come by now and happened by then, and changes nothing that
 * was answered before. That is exact for events up to {@code lateness} behind the key's latest. Later still, the far end
 * of the longest windows may be gone already; an event older than all that is kept sees itself alone and is not counted.
 *
 * <p><b>Labels.</b> An event sees the labels with a labelled-at up to its own time, no matter how early they came. Of
 * several labels of one event that with the latest labelled-at holds, of several at one time the last to come; a retracted
 * one says that nothing is known. A late event sees the label that holds by now if it was labelled by then.
 *
 * <p><b>Histories</b> count events in the order in which they come, whatever their times. <b>Label runs</b> are remembered
 * after their events are gone; a label that corrects an earlier one then changes them by the events that are kept.
 *
 * <p><b>Bounds.</b> State of a key: the events of its longest window plus {@code lateness}, and its pending labels. Times
 * beyond some 18 million years are taken as that.
 *
 * <p>Threading: confined to the thread that owns the store. Units: milliseconds since 1970-01-01 UTC. Lifecycle: holds no
 * resources; all state is in the store after each call.
 */
public final class EntityFeatures {
    /** How far behind its key's latest event an event may be and still see whole windows. */
    public static final Duration DEFAULT_LATENESS = Duration.ofDays(1);

    static final int DEFAULT_CHUNK_ENTRIES = 16;

    private static final long TIME_LIMIT_MILLIS = 1L << 59;

    private final EntityPlan plan;
    private final String entity;
    private final EntityState state;
    private final Cursors earlier;
    private final List<Column> columns;
    private final long[] offsetsMillis;
    private final int[] neededNumbers;
    private final byte[] entry;

    /** A stage that allows for {@link #DEFAULT_LATENESS}. */
    public EntityFeatures(FeatureSet set, String entity, StateBytes state) {
        this(set, entity, state, DEFAULT_LATENESS);
    }

    /** @param lateness a longer one keeps more state */
    public EntityFeatures(FeatureSet set, String entity, StateBytes state, Duration lateness) {
        this(set, entity, state, lateness, DEFAULT_CHUNK_ENTRIES);
    }

    EntityFeatures(FeatureSet set, String entity, StateBytes state, Duration lateness, int chunkEntries) {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("the lateness must not be negative, was " + lateness);
        }
        this.plan = new EntityPlan(set, entity);
        this.entity = entity;
        this.state = new EntityState(plan, state, lateness.toMillis(), chunkEntries);
        this.earlier = new Cursors(plan, this.state.log(), EdgeListener.NONE);
        this.columns = plan.columns();
        this.offsetsMillis = plan.edgeOffsetsMillis();
        this.neededNumbers = plan.numbers();
        this.entry = new byte[plan.entryWidth()];
    }

    /**
     * Counts an event in and writes the features that this stage computes.
     *
     * @param key which entity
     * @param numbers in the order of the feature set's shape; finite
     * @param features in the order of the feature set; other slots stay as they are
     */
    public void event(String key, String eventId, long timeMillis, double[] numbers, double[] features) {
        checkFinite(eventId, numbers);
        long eventMillis = limited(timeMillis);
        state.load(key);
        if (eventMillis >= state.headMillis()) {
            newest(eventId, eventMillis, numbers, features);
        } else if (eventMillis > state.keptAfterMillis()) {
            late(eventId, eventMillis, numbers, features);
        } else {
            alone(numbers, features);
            return;
        }
        state.save();
    }

    /** Takes in what turned out to be true of an event; it may come before the event, and before it may be seen. */
    public void label(String key, EntityLabel label) {
        if (!plan.isLabelled()) {
            throw new IllegalStateException("no feature of entity '" + entity
                    + "' needs labels; ask the feature set's needsLabels before sending them");
        }
        long eventMillis = limited(label.eventTimeMillis());
        long labelledMillis = limited(label.labelledAtMillis());
        long word = LabelWord.of(label, labelledMillis);
        int idHash = IdHash.of(label.eventId());
        state.load(key);
        if (eventMillis <= state.keptAfterMillis()) {
            return;
        }
        if (labelledMillis > state.headMillis()) {
            state.labels().defer(eventMillis, idHash, word);
            state.save();
        } else if (state.labels().apply(eventMillis, idHash, word, state.headMillis())) {
            state.save();
        }
    }

    private void newest(String eventId, long eventMillis, double[] numbers, double[] features) {
        state.labels().applyDue(eventMillis, state.headMillis(), state.keptAfterMillis());
        state.cursors().moveForward(eventMillis);
        state.advanceTo(eventMillis);
        state.expire();
        fillHistory(numbers, features);
        fillNow(plan.windowsOfEarlier(), features);
        insert(eventId, eventMillis, numbers, features);
        fillNow(plan.windows(), features);
        for (LabelRun run : plan.runFeatures()) {
            features[run.slot()] = state.runs().value(run.run(), run.measure(), eventMillis);
        }
    }

    private void late(String eventId, long eventMillis, double[] numbers, double[] features) {
        long keptAfterMillis = state.keptAfterMillis();
        earlier.copyFrom(state.cursors());
        earlier.moveBack(eventMillis, keptAfterMillis);
        fillHistory(numbers, features);
        fillEarlier(plan.windowsOfEarlier(), eventMillis, features);
        long number = insert(eventId, eventMillis, numbers, features);
        earlier.inserted(number, eventMillis, eventMillis, keptAfterMillis);
        long lastLabelledMillis = state.labels().lastLabelledMillis();
        if (lastLabelledMillis > eventMillis) {
            earlier.recountPositives(eventMillis);
        }
        fillEarlier(plan.windows(), eventMillis, features);
        for (LabelRun run : plan.runFeatures()) {
            features[run.slot()] =
                    state.runs().valueOfEarlier(run.run(), run.measure(), eventMillis, earlier, lastLabelledMillis);
        }
    }

    /** The features of an event of which nothing is kept but itself. */
    private void alone(double[] numbers, double[] features) {
        fillHistory(numbers, features);
        for (Window window : plan.windowsOfEarlier()) {
            features[window.slot()] = 0;
        }
        for (Window window : plan.windows()) {
            boolean seesItself = offsetsMillis[window.lead()] == 0;
            features[window.slot()] = switch (window.aggregate()) {
                case COUNT -> seesItself ? 1 : 0;
                case SUM, MEAN, MAX -> seesItself ? columnValue(spanOf(window).column(), numbers, features) : 0;
                case POSITIVE_SHARE -> 0;
            };
        }
        for (LabelRun run : plan.runFeatures()) {
            features[run.slot()] = LabelRuns.valueOfNone(run.measure());
        }
    }

    private void fillHistory(double[] numbers, double[] features) {
        for (History history : plan.historyFeatures()) {
            double number = numbers[history.number()];
            features[history.slot()] = state.histories().value(history.history(), history.measure(), number);
        }
    }

    private void fillNow(List<Window> windows, double[] features) {
        for (Window window : windows) {
            double max = window.aggregate() == Aggregate.MAX ? state.deques().max(window.span()) : 0;
            features[window.slot()] = value(window, state.cursors(), max);
        }
    }

    private void fillEarlier(List<Window> windows, long eventMillis, double[] features) {
        for (Window window : windows) {
            double max = 0;
            if (window.aggregate() == Aggregate.MAX) {
                long leadMillis = eventMillis - offsetsMillis[window.lead()];
                max = state.deques().maxOfEarlier(window.span(), earlier, state.cursors(), leadMillis);
            }
            features[window.slot()] = value(window, earlier, max);
        }
    }

    /** Puts the event into the log, into the windows as they stand, and into the histories. */
    private long insert(String eventId, long eventMillis, double[] numbers, double[] features) {
        long word = 0;
        Binary.putLong(entry, EntityPlan.TIME, eventMillis);
        if (plan.isLabelled()) {
            int idHash = IdHash.of(eventId);
            word = state.labels().waitingFor(eventMillis, idHash, plan.isExplained(features));
            Binary.putLong(entry, EntityPlan.LABEL, word);
            Binary.putInt(entry, EntityPlan.ID_HASH, idHash);
        }
        for (int column = 0; column < columns.size(); column++) {
            Binary.putDouble(entry, plan.columnOffset(column), columnValue(column, numbers, features));
        }
        long number = state.insert(eventMillis, entry);
        state.cursors().inserted(number, eventMillis, state.headMillis(), state.keptAfterMillis());
        state.runs().inserted(number);
        if (LabelWord.isLabelled(word)) {
            state.runs().relabelled(number, LabelWord.unlabelled(false), word, state.cursors());
        }
        List<Span> maxima = plan.maxima();
        for (int i = 0; i < maxima.size(); i++) {
            Span span = maxima.get(i);
            if (state.cursors().isWithin(span, eventMillis, state.headMillis(), state.keptAfterMillis())) {
                state.deques().insert(i, eventMillis, columnValue(span.column(), numbers, features));
            }
        }
        for (int history = 0; history < plan.histories(); history++) {
            state.histories().add(history, numbers[plan.numberOfHistory(history)]);
        }
        return number;
    }

    private double columnValue(int column, double[] numbers, double[] features) {
        Column source = columns.get(column);
        return source.ofHistory() ? features[source.place()] : numbers[source.place()];
    }

    private static double value(Window window, Cursors cursors, double max) {
        long count = cursors.count(window.lead(), window.trail());
        return switch (window.aggregate()) {
            case COUNT -> count;
            case SUM -> count == 0 ? 0 : cursors.sum(window.span());
            case MEAN -> count == 0 ? 0 : cursors.sum(window.span()) / count;
            case MAX -> max;
            case POSITIVE_SHARE -> count == 0 ? 0 : (double) cursors.positives(window.span()) / count;
        };
    }

    private Span spanOf(Window window) {
        return (window.aggregate() == Aggregate.MAX ? plan.maxima() : plan.sums()).get(window.span());
    }

    private void checkFinite(String eventId, double[] numbers) {
        for (int number : neededNumbers) {
            if (!Double.isFinite(numbers[number])) {
                throw new IllegalArgumentException(
                        "number " + number + " of event '" + eventId + "' is " + numbers[number]
                                + "; only finite numbers can be counted: refuse the event when it is decoded");
            }
        }
    }

    private static long limited(long timeMillis) {
        return Math.max(-TIME_LIMIT_MILLIS, Math.min(TIME_LIMIT_MILLIS, timeMillis));
    }
}
