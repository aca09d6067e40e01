package io.millrace.trainer.data;

import io.millrace.schemas.codec.Event;

/**
 * An event and the truth about it.
 *
 * <p>Threading: immutable as long as nobody writes into the event's arrays.
 */
public record LabelledEvent(Event event, boolean positive) {}
