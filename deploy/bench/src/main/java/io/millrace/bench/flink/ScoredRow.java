package io.millrace.bench.flink;

import org.jspecify.annotations.Nullable;

/**
 * A record for the output topic, as Flink passes it on; a plain type like {@link InputRow}.
 *
 * <p>Threading: made once and not changed.
 */
public final class ScoredRow {
    public byte @Nullable [] key;
    public byte[] value = {};
    public long timestampMillis;
}
