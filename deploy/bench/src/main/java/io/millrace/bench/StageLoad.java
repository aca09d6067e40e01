package io.millrace.bench;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.inference.feature.state.EntityFeatures;
import io.millrace.inference.feature.state.EntityLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays events through one stage. Where the stage needs labels, each event is labelled as late as the stage's windows
 * allow for, before the next event.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC.
 */
public final class StageLoad {
    private static final long SEED = 1;
    private static final int AMOUNTS = 100;
    private static final int POSITIVE_EVERY = 100;

    /** An event, or the label of one. */
    public record Step(
            String key,
            String eventId,
            long timeMillis,
            double amount,
            @Nullable EntityLabel label) {}

    private final CountingStateBytes store = new CountingStateBytes();
    private final EntityFeatures stage;
    private final boolean labelled;
    private final String[] keys;
    private final long labelDelayMillis;
    private final Arrivals events;
    private final Arrivals labels;
    private final double[] row;
    private final double[] numbers;
    private long played;

    /**
     * Makes a stage without state.
     *
     * @param meanGapMillis from an event to the next, whichever key's
     */
    public StageLoad(FeatureSet set, String entity, int keys, double meanGapMillis) {
        this.stage = new EntityFeatures(set, entity, store);
        this.labelled = set.needsLabels(entity);
        this.keys = new String[keys];
        Arrays.setAll(this.keys, i -> "key-" + i);
        this.labelDelayMillis = longestDelay(set, entity).toMillis();
        this.events = new Arrivals(SEED, keys, meanGapMillis);
        this.labels = new Arrivals(SEED, keys, meanGapMillis);
        this.row = new double[set.size()];
        this.numbers = new double[set.shape().numberFields().size()];
    }

    /** How far the windows of an entity see back. */
    static Duration reach(FeatureSet set, String entity) {
        return windows(set, entity).stream()
                .map(window -> window.delay().plus(window.length()))
                .reduce(Duration.ZERO, StageLoad::longer);
    }

    static Duration longestWindow(FeatureSet set, String entity) {
        return windows(set, entity).stream().map(WindowFeature::length).reduce(Duration.ZERO, StageLoad::longer);
    }

    private static Duration longestDelay(FeatureSet set, String entity) {
        return windows(set, entity).stream().map(WindowFeature::delay).reduce(Duration.ZERO, StageLoad::longer);
    }

    private static List<WindowFeature> windows(FeatureSet set, String entity) {
        return set.definitions(entity).stream()
                .filter(WindowFeature.class::isInstance)
                .map(WindowFeature.class::cast)
                .toList();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Makes the next events, and the labels that fall between them, so that making them is not measured. */
    public List<Step> prepare(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            while (labelled && labels.timeMillis() + labelDelayMillis <= events.timeMillis()) {
                steps.add(step(labels, label()));
                labels.advance();
            }
            steps.add(step(events, null));
            events.advance();
        }
        return steps;
    }

    private Step step(Arrivals of, @Nullable EntityLabel label) {
        double amount = of.number() % AMOUNTS;
        return new Step(keys[of.key()], idOf(of), of.timeMillis(), amount, label);
    }

    private EntityLabel label() {
        long timeMillis = labels.timeMillis();
        boolean positive = labels.number() % POSITIVE_EVERY == 0;
        return new EntityLabel(idOf(labels), timeMillis, timeMillis + labelDelayMillis, positive, false);
    }

    private static String idOf(Arrivals of) {
        return "event-" + of.number();
    }

    /** Plays what was prepared; in the order in which it was. */
    public void play(List<Step> steps) {
        for (Step step : steps) {
            if (step.label != null) {
                stage.label(step.key, step.label);
            } else {
                Arrays.fill(numbers, step.amount);
                stage.event(step.key, step.eventId, step.timeMillis, numbers, row);
                played++;
            }
        }
    }

    /** How many events were played. */
    long played() {
        return played;
    }

    CountingStateBytes store() {
        return store;
    }

    /** The features of the last event, in the order of the set. */
    double[] lastFeatures() {
        return row.clone();
    }
}
