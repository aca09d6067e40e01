package io.millrace.stream.event;

import org.jspecify.annotations.Nullable;

/**
 * A finished record on its way to a topic; its key and headers are those of the Kafka Streams record that carries it.
 *
 * @param topic where it goes
 * @param value its bytes, null for a record without a value
 */
@SuppressWarnings("ArrayRecordComponent") // one per event: not copied, never compared
public record Outgoing(String topic, byte @Nullable [] value) implements Flow {}
