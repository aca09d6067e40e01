package io.millrace.inference.feature;

/**
 * 1 where the event's local time is what the flag asks for, else 0. The feature set names the time zone.
 *
 * <p>Threading: immutable.
 */
public record CalendarFeature(String name, CalendarFlag flag) implements FeatureDefinition {
    public CalendarFeature {
        Names.checked(name, "a feature's name");
    }
}
