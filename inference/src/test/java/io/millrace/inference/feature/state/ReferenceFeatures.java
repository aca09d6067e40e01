package io.millrace.inference.feature.state;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The plain way to the same features: keeps everything and looks through it for each event. */
final class ReferenceFeatures {
    private final FeatureSet set;
    private final List<WindowFeature> windows;
    private final long keepMillis;
    private final Map<String, Key> keys = new TreeMap<>();

    ReferenceFeatures(FeatureSet set, String entity, Duration lateness) {
        this.set = set;
        this.windows = set.windows(entity);
        long reachMillis = windows.stream()
                .mapToLong(w -> w.delay().plus(w.length()).toMillis())
                .max()
                .orElseThrow();
        this.keepMillis = reachMillis + lateness.toMillis();
    }

    void event(String keyName, String eventId, long timeMillis, double[] numbers, double[] features) {
        Key key = keys.computeIfAbsent(keyName, name -> new Key());
        long keptAfterMillis = key.headMillis - keepMillis;
        SeenEvent event = new SeenEvent(eventId, timeMillis, numbers.clone());
        if (timeMillis > keptAfterMillis) {
            key.events.add(event);
        }
        key.headMillis = Math.max(key.headMillis, timeMillis);
        for (WindowFeature window : windows) {
            List<SeenEvent> within = new ArrayList<>();
            long toMillis = timeMillis - window.delay().toMillis();
            long fromMillis = toMillis - window.length().toMillis();
            for (SeenEvent other : key.events) {
                boolean inWindow = other.timeMillis > fromMillis && other.timeMillis <= toMillis;
                if (inWindow && (timeMillis == key.headMillis || other.timeMillis > keptAfterMillis)) {
                    within.add(other);
                }
            }
            if (timeMillis <= keptAfterMillis && window.delay().isZero()) {
                within.add(event);
            }
            features[set.index(window.name())] = value(window, within, key, timeMillis);
        }
    }

    void label(String keyName, EntityLabel label) {
        keys.computeIfAbsent(keyName, name -> new Key()).labels.add(label);
    }

    private double value(WindowFeature window, List<SeenEvent> within, Key key, long timeMillis) {
        if (within.isEmpty()) {
            return 0;
        }
        if (window.aggregate() == Aggregate.COUNT) {
            return within.size();
        }
        if (window.aggregate() == Aggregate.POSITIVE_SHARE) {
            return (double) within.stream()
                            .filter(e -> key.isPositive(e, timeMillis))
                            .count()
                    / within.size();
        }
        int number = set.shape().number(Objects.requireNonNull(window.field()));
        double sum = within.stream().mapToDouble(e -> e.numbers[number]).sum();
        return switch (window.aggregate()) {
            case SUM -> sum;
            case MEAN -> sum / within.size();
            case MAX ->
                within.stream().mapToDouble(e -> e.numbers[number]).max().orElseThrow();
            case COUNT, POSITIVE_SHARE -> throw new AssertionError("handled above");
        };
    }

    private static final class Key {
        private final List<SeenEvent> events = new ArrayList<>();
        private final List<EntityLabel> labels = new ArrayList<>();
        private long headMillis = EntityState.NO_EVENT_MILLIS;

        boolean isPositive(SeenEvent event, long timeMillis) {
            EntityLabel inForce = null;
            for (EntityLabel label : labels) {
                if (label.eventId().equals(event.eventId)
                        && label.eventTimeMillis() == event.timeMillis
                        && label.labelledAtMillis() <= headMillis
                        && (inForce == null || label.labelledAtMillis() >= inForce.labelledAtMillis())) {
                    inForce = label;
                }
            }
            return inForce != null
                    && inForce.positive()
                    && !inForce.retracted()
                    && inForce.labelledAtMillis() <= timeMillis;
        }
    }

    private static final class SeenEvent {
        private final String eventId;
        private final long timeMillis;
        private final double[] numbers;

        SeenEvent(String eventId, long timeMillis, double[] numbers) {
            this.eventId = eventId;
            this.timeMillis = timeMillis;
            this.numbers = numbers;
        }
    }
}
