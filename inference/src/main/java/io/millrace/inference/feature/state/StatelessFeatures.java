package io.millrace.inference.feature.state;

import io.millrace.inference.feature.CalendarFeature;
import io.millrace.inference.feature.CalendarFlag;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.LogFeature;
import io.millrace.schemas.codec.EventShape;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The features that need nothing but the event itself.
 *
 * <p>Threading: immutable, thread-safe. Units: milliseconds since 1970-01-01 UTC.
 */
public final class StatelessFeatures {
    private static final long SECOND_MILLIS = 1_000;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long SECONDS_OF_HOUR = 3_600;
    private static final int LAST_HOUR_OF_NIGHT = 6;
    /** 1970-01-01 was a Thursday; counted from Monday. */
    private static final int WEEKDAY_OF_EPOCH = 3;

    private static final int SATURDAY = 5;

    private final ZoneRules zone;
    private final List<Slot> slots = new ArrayList<>();

    public StatelessFeatures(FeatureSet set) {
        this.zone = ZoneId.of(set.zone()).getRules();
        EventShape shape = set.shape();
        for (int i = 0; i < set.size(); i++) {
            FeatureDefinition feature = set.features().get(i);
            if (feature instanceof FieldFeature field) {
                slots.add(new Slot(i, Kind.FIELD, shape.number(field.field())));
            } else if (feature instanceof LogFeature log) {
                slots.add(new Slot(i, Kind.LOG, shape.number(log.field())));
            } else if (feature instanceof CalendarFeature calendar) {
                slots.add(new Slot(i, calendar.flag() == CalendarFlag.WEEKEND ? Kind.WEEKEND : Kind.NIGHT, 0));
            }
        }
    }

    /**
     * Writes the slots of these features, and no others.
     *
     * @param numbers in the order of the feature set's shape
     */
    public void fill(long timeMillis, double[] numbers, double[] features) {
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            features[slot.index] = switch (slot.kind) {
                case FIELD -> numbers[slot.number];
                case LOG -> signedLog(numbers[slot.number]);
                case WEEKEND -> isWeekend(localSeconds(timeMillis)) ? 1 : 0;
                case NIGHT -> isNight(localSeconds(timeMillis)) ? 1 : 0;
            };
        }
    }

    private static double signedLog(double value) {
        return Math.copySign(Math.log1p(Math.abs(value)), value);
    }

    private long localSeconds(long timeMillis) {
        int offsetSeconds = zone.getOffset(Instant.ofEpochMilli(timeMillis)).getTotalSeconds();
        return Math.floorDiv(timeMillis, SECOND_MILLIS) + offsetSeconds;
    }

    private static boolean isWeekend(long localSeconds) {
        long day = Math.floorDiv(localSeconds, SECONDS_OF_DAY);
        return Math.floorMod(day + WEEKDAY_OF_EPOCH, 7) >= SATURDAY;
    }

    private static boolean isNight(long localSeconds) {
        return Math.floorMod(localSeconds, SECONDS_OF_DAY) / SECONDS_OF_HOUR <= LAST_HOUR_OF_NIGHT;
    }

    private enum Kind {
        FIELD,
        LOG,
        WEEKEND,
        NIGHT
    }

    private record Slot(int index, Kind kind, int number) {}
}
