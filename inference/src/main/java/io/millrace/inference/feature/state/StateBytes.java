package io.millrace.inference.feature.state;

import org.jspecify.annotations.Nullable;

/**
 * Where the state of entities is kept: a map of bytes to bytes.
 *
 * <p>Threading: as its user. What {@link #get} answers is not changed by the caller, and what is put is handed over, so an
 * implementation in memory need not copy.
 */
public interface StateBytes {
    /** The value put last under the key, or null. */
    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    /** Forgets the key; nothing happens if it is not there. */
    void delete(byte[] key);
}
