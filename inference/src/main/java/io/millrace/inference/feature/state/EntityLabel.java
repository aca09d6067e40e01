package io.millrace.inference.feature.state;

/**
 * What turned out to be true of an entity's event.
 *
 * <p>Threading: immutable. Units: milliseconds since 1970-01-01 UTC.
 *
 * @param eventTimeMillis when the event happened, exactly as it was given with the event
 * @param labelledAtMillis from when on features may see it
 * @param retracted takes back what was said of the event; {@code positive} then means nothing
 */
public record EntityLabel(
        String eventId, long eventTimeMillis, long labelledAtMillis, boolean positive, boolean retracted) {}
