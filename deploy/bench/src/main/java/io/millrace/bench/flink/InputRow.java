package io.millrace.bench.flink;

import org.jspecify.annotations.Nullable;

/**
 * A record of the input topic, as Flink passes it on: public fields and an empty constructor make it one of its plain
 * types, though between chained operators it is never written as bytes.
 *
 * <p>Threading: made once and not changed.
 */
public final class InputRow {
    public byte @Nullable [] key;
    public byte[] value = {};
    public long timestampMillis;
    public int partition;
    public long offset;
}
