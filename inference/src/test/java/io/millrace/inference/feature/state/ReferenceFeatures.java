package io.millrace.inference.feature.state;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.EntityDefinition;
import io.millrace.inference.feature.Explanation;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.HistoryFeature;
import io.millrace.inference.feature.HistoryMeasure;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The plain way to the same features: keeps everything and looks through it for each event. */
final class ReferenceFeatures {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final FeatureSet set;
    private final List<EntityDefinition> definitions;
    private final long keepMillis;
    private final Map<String, Key> keys = new TreeMap<>();

    ReferenceFeatures(FeatureSet set, String entity, Duration lateness) {
        this.set = set;
        this.definitions = set.definitions(entity);
        this.keepMillis = lateness.toMillis()
                + definitions.stream()
                        .mapToLong(ReferenceFeatures::reachMillis)
                        .max()
                        .orElseThrow();
    }

    private static long reachMillis(EntityDefinition definition) {
        if (definition instanceof WindowFeature window) {
            return window.delay().plus(window.length()).toMillis();
        }
        return definition instanceof LabelRunFeature run ? run.horizon().toMillis() : 0;
    }

    void event(String keyName, String eventId, long timeMillis, double[] numbers, double[] features) {
        Key key = keys.computeIfAbsent(keyName, name -> new Key());
        long keptAfterMillis = key.headMillis - keepMillis;
        boolean counted = timeMillis > keptAfterMillis;
        for (EntityDefinition definition : definitions) {
            if (definition instanceof HistoryFeature history) {
                features[set.index(history.name())] = history(history, numbers, key);
            }
        }
        SeenEvent event = new SeenEvent(eventId, timeMillis, numbers.clone(), features);
        List<SeenEvent> before = List.copyOf(key.events);
        if (counted) {
            key.events.add(event);
        }
        key.headMillis = Math.max(key.headMillis, timeMillis);
        long oldestMillis = timeMillis == key.headMillis ? Long.MIN_VALUE : keptAfterMillis;
        for (EntityDefinition definition : definitions) {
            int slot = set.index(definition.name());
            if (definition instanceof WindowFeature window) {
                boolean own = set.history(window) != null;
                List<SeenEvent> within = within(own ? before : key.events, window, timeMillis, oldestMillis);
                if (!counted && !own && window.delay().isZero()) {
                    within.add(event);
                }
                features[slot] = value(window, within, key, timeMillis);
            } else if (definition instanceof LabelRunFeature run) {
                features[slot] = run(run, counted ? key : new Key(), timeMillis);
            }
        }
    }

    void label(String keyName, EntityLabel label) {
        keys.computeIfAbsent(keyName, name -> new Key()).labels.add(label);
    }

    private static List<SeenEvent> within(
            List<SeenEvent> events, WindowFeature window, long timeMillis, long oldestMillis) {
        long toMillis = timeMillis - window.delay().toMillis();
        long fromMillis = Math.max(toMillis - window.length().toMillis(), oldestMillis);
        List<SeenEvent> within = new ArrayList<>();
        for (SeenEvent event : events) {
            if (event.timeMillis > fromMillis && event.timeMillis <= toMillis) {
                within.add(event);
            }
        }
        return within;
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
                            .filter(e -> {
                                EntityLabel label = key.inForce(e, timeMillis);
                                return label != null && label.positive();
                            })
                            .count()
                    / within.size();
        }
        ToDoubleFunction<SeenEvent> field = field(window);
        double sum = within.stream().mapToDouble(field).sum();
        return switch (window.aggregate()) {
            case SUM -> sum;
            case MEAN -> sum / within.size();
            case MAX -> within.stream().mapToDouble(field).max().orElseThrow();
            case COUNT, POSITIVE_SHARE -> throw new AssertionError("handled above");
        };
    }

    private ToDoubleFunction<SeenEvent> field(WindowFeature window) {
        HistoryFeature own = set.history(window);
        if (own != null) {
            int slot = set.index(own.name());
            return event -> event.features[slot];
        }
        int number = set.shape().number(Objects.requireNonNull(window.field()));
        return event -> event.numbers[number];
    }

    private double history(HistoryFeature history, double[] numbers, Key key) {
        int number = set.shape().number(history.field());
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (SeenEvent event : key.events) {
            count++;
            double amount = event.numbers[number];
            double counted = count <= 3 ? amount : Math.min(amount, 3 * mean);
            mean += (counted - mean) / count;
            squares += counted * counted;
        }
        if (history.measure() == HistoryMeasure.RATIO) {
            return count == 0 ? 1 : numbers[number] / Math.max(mean, 0.01);
        }
        double spread = count >= 5 ? Math.sqrt(Math.max(squares / count - mean * mean, 0)) : mean / 2;
        return count == 0 ? 0 : (numbers[number] - mean) / Math.max(spread, 0.1 * mean + 0.01);
    }

    private double run(LabelRunFeature feature, Key key, long timeMillis) {
        List<SeenEvent> inOrder = new ArrayList<>(key.events);
        inOrder.sort(Comparator.comparingLong(e -> e.timeMillis));
        Explanation explanation = feature.explainedBy();
        int length = 0;
        long start = 0;
        double lastNegative = Double.NaN;
        double negativeBefore = Double.NaN;
        for (SeenEvent event : inOrder) {
            EntityLabel label = key.inForce(event, timeMillis);
            if (label == null || event.timeMillis > timeMillis - feature.delay().toMillis()) {
                continue;
            }
            if (!label.positive()) {
                length = 0;
                lastNegative = day(event.timeMillis);
            } else if (explanation == null || event.features[set.index(explanation.feature())] <= explanation.above()) {
                if (length == 0) {
                    start = day(event.timeMillis);
                    negativeBefore = lastNegative;
                }
                length++;
            }
        }
        return switch (feature.measure()) {
            case LENGTH -> length;
            case AGE_DAYS -> length == 0 ? -1 : day(timeMillis) - start;
            case GAP_DAYS -> length == 0 ? -1 : Double.isNaN(negativeBefore) ? 99 : day(timeMillis) - negativeBefore;
        };
    }

    private static long day(long timeMillis) {
        return Math.floorDiv(timeMillis, DAY_MILLIS);
    }

    private static final class Key {
        private final List<SeenEvent> events = new ArrayList<>();
        private final List<EntityLabel> labels = new ArrayList<>();
        private long headMillis = EntityState.NO_EVENT_MILLIS;

        /** The event's label as an event of the given time sees it, null if there is none or it is retracted. */
        @Nullable
        EntityLabel inForce(SeenEvent event, long timeMillis) {
            EntityLabel inForce = null;
            for (EntityLabel label : labels) {
                if (label.eventId().equals(event.eventId)
                        && label.eventTimeMillis() == event.timeMillis
                        && label.labelledAtMillis() <= headMillis
                        && (inForce == null || label.labelledAtMillis() >= inForce.labelledAtMillis())) {
                    inForce = label;
                }
            }
            boolean visible = inForce != null && !inForce.retracted() && inForce.labelledAtMillis() <= timeMillis;
            return visible ? inForce : null;
        }
    }

    private static final class SeenEvent {
        private final String eventId;
        private final long timeMillis;
        private final double[] numbers;
        private final double[] features;

        SeenEvent(String eventId, long timeMillis, double[] numbers, double[] features) {
            this.eventId = eventId;
            this.timeMillis = timeMillis;
            this.numbers = numbers;
            this.features = features;
        }
    }
}
