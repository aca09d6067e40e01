package io.millrace.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Events and the labels that come of them, long after or before, once, twice, wrongly or never; and what must become of
 * each. The same seed makes the same plan.
 *
 * <p>Time is cut into steps. All that lies in one step is sent at once, and the next step waits until the stream has
 * digested it; so what must become of a label is known though nobody knows the order of arrival within a step.
 *
 * <p>Threading: immutable. Units: milliseconds since 1970-01-01 UTC.
 */
final class LateLabelPlan {
    private static final long START_MILLIS =
            Instant.parse("2018-01-01T00:00:00Z").toEpochMilli();
    private static final long HOUR_MILLIS = 3_600_000;

    private final Settings settings;
    private final long stepMillis;
    private final long horizonMillis;

    /**
     * The size of a plan.
     *
     * @param events how many
     * @param span of event time that they are spread over, evenly
     * @param horizon of the labels; they are up to this late, but for two steps
     * @param step of time
     */
    record Settings(int events, Duration span, Duration horizon, Duration step, long seed) {
        Settings {
            if (events < 1) {
                throw new IllegalArgumentException("events must be at least 1, was " + events);
            }
            if (horizon.compareTo(step.multipliedBy(5)) < 0) {
                throw new IllegalArgumentException(
                        "horizon must be at least five steps of " + step + ", was " + horizon);
            }
        }
    }

    /** What happens to an event. */
    enum Fate {
        LABELLED(56),
        NEVER_LABELLED(5),
        LABELLED_TWICE_THE_SAME(12),
        CORRECTED(8),
        SAID_IN_WRONG_ORDER(4),
        RETRACTED(5),
        LABELLED_BEFORE(4),
        LABELLED_BEFORE_TWICE(2),
        LABELLED_BEYOND_THE_HORIZON(1),
        LABEL_OF_ANOTHER_UNKNOWN(2),
        LABEL_UNREADABLE(1);

        private final int percent;

        Fate(int percent) {
            this.percent = percent;
        }
    }

    /**
     * A record of the feedback topic.
     *
     * @param event id, which is its key
     * @param sentMillis when it is sent
     * @param text null for a record that is no label
     */
    record Saying(String event, long sentMillis, @Nullable Text text) {}

    /** What a label says. */
    record Text(
            boolean positive,
            boolean retracted,
            long labelledAtMillis,
            @Nullable Long eventTimeMillis) {}

    LateLabelPlan(Settings settings) {
        this.settings = settings;
        this.stepMillis = settings.step().toMillis();
        this.horizonMillis = settings.horizon().toMillis();
    }

    /** Steps from the first event until the last label has met its end. */
    int steps() {
        long millis = settings.span().toMillis() + horizonMillis;
        return Math.toIntExact(millis / stepMillis) + 8;
    }

    int step(long millis) {
        return Math.toIntExact((millis - START_MILLIS) / stepMillis);
    }

    long lastMillisOf(int step) {
        return START_MILLIS + (step + 1) * stepMillis - 1;
    }

    long eventMillis(int event) {
        return START_MILLIS + event * settings.span().toMillis() / settings.events();
    }

    Fate fate(int event) {
        int at = random(event).nextInt(100);
        for (Fate fate : Fate.values()) {
            at -= fate.percent;
            if (at < 0) {
                boolean tooSoon = step(eventMillis(event)) < 2
                        && (fate == Fate.LABELLED_BEFORE || fate == Fate.LABELLED_BEFORE_TWICE);
                return tooSoon ? Fate.LABELLED : fate;
            }
        }
        throw new IllegalStateException("the shares of the fates do not make 100");
    }

    /** What the last label of an event says, or would say. */
    private boolean positive(int event) {
        return random(event).split().nextInt(10) == 0;
    }

    /** All that is said of an event, in the order of sending. */
    List<Saying> sayings(int event) {
        SplittableRandom random = random(event).split().split();
        long time = eventMillis(event);
        long gap = 1 + random.nextLong(stepMillis);
        long first = time + stepMillis + random.nextLong(horizonMillis - 4 * stepMillis);
        long before = time - 2 * stepMillis;
        boolean last = positive(event);
        Long told = random.nextInt(5) == 0 ? null : time;
        String id = Integer.toString(event);
        List<Saying> sayings = new ArrayList<>(2);
        switch (fate(event)) {
            case LABELLED -> sayings.add(say(id, first, last, first, told));
            case NEVER_LABELLED -> {}
            case LABELLED_TWICE_THE_SAME -> {
                sayings.add(say(id, first, last, first, told));
                sayings.add(say(id, first + gap, last, first, told));
            }
            case CORRECTED -> {
                sayings.add(say(id, first, !last, first, told));
                sayings.add(say(id, first + gap, last, first + gap, told));
            }
            case SAID_IN_WRONG_ORDER -> {
                sayings.add(say(id, first, last, first, told));
                sayings.add(say(id, first + gap, !last, first - 1, told));
            }
            case RETRACTED -> {
                sayings.add(say(id, first, last, first, told));
                sayings.add(new Saying(id, first + gap, new Text(false, true, first + gap, told)));
            }
            case LABELLED_BEFORE -> sayings.add(say(id, before, last, time + HOUR_MILLIS, told));
            case LABELLED_BEFORE_TWICE -> {
                sayings.add(say(id, before, !last, time + HOUR_MILLIS, told));
                sayings.add(say(id, before, last, time + 2 * HOUR_MILLIS, told));
            }
            case LABELLED_BEYOND_THE_HORIZON -> {
                long late = time + horizonMillis + 2 * stepMillis + random.nextLong(stepMillis);
                sayings.add(say(id, late, last, late, time));
            }
            case LABEL_OF_ANOTHER_UNKNOWN -> sayings.add(say("unknown-" + id, time, last, time + HOUR_MILLIS, told));
            case LABEL_UNREADABLE -> sayings.add(new Saying(id, first, null));
        }
        return sayings;
    }

    /** What must become of an event and of what is said of it. */
    Outcome outcome(int event) {
        Outcome.State said = positive(event) ? Outcome.State.POSITIVE : Outcome.State.NEGATIVE;
        return switch (fate(event)) {
            case LABELLED, LABELLED_BEFORE -> new Outcome(said, 1, 0, 0, 0, 0);
            case NEVER_LABELLED -> new Outcome(Outcome.State.NO_EXAMPLE, 0, 0, 0, 0, 0);
            case LABELLED_TWICE_THE_SAME -> new Outcome(said, 1, 1, 0, 0, 0);
            case CORRECTED -> new Outcome(said, 2, 0, 0, 0, 0);
            case SAID_IN_WRONG_ORDER, LABELLED_BEFORE_TWICE -> new Outcome(said, 1, 0, 1, 0, 0);
            case RETRACTED -> new Outcome(Outcome.State.RETRACTED, 2, 0, 0, 0, 0);
            case LABELLED_BEYOND_THE_HORIZON, LABEL_OF_ANOTHER_UNKNOWN ->
                new Outcome(Outcome.State.NO_EXAMPLE, 0, 0, 0, 1, 0);
            case LABEL_UNREADABLE -> new Outcome(Outcome.State.NO_EXAMPLE, 0, 0, 0, 0, 1);
        };
    }

    int events() {
        return settings.events();
    }

    private static Saying say(
            String id, long sentMillis, boolean positive, long labelledAtMillis, @Nullable Long eventTimeMillis) {
        return new Saying(id, sentMillis, new Text(positive, false, labelledAtMillis, eventTimeMillis));
    }

    private SplittableRandom random(int event) {
        return new SplittableRandom(settings.seed() * 1_000_003 + event);
    }

    /**
     * How things stand in the end.
     *
     * @param state of the event's last example
     * @param settled labels, one example each
     */
    record Outcome(State state, int settled, int duplicate, int superseded, int orphaned, int dead) {
        enum State {
            NO_EXAMPLE,
            NEGATIVE,
            POSITIVE,
            RETRACTED
        }
    }
}
