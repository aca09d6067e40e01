package io.millrace.bench;

import io.millrace.inference.feature.state.HashStateBytes;
import io.millrace.inference.feature.state.StateBytes;
import org.jspecify.annotations.Nullable;

/**
 * State in memory that counts how it is used.
 *
 * <p>Threading: confined to one thread.
 */
final class CountingStateBytes implements StateBytes {
    private final HashStateBytes store = new HashStateBytes();
    private long lookUps;
    private long bytesWritten;

    @Override
    public byte @Nullable [] get(byte[] key) {
        lookUps++;
        return store.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        bytesWritten += key.length + value.length;
        store.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        bytesWritten += key.length;
        store.delete(key);
    }

    long lookUps() {
        return lookUps;
    }

    /** Of keys and values, a deletion's key too. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** What is kept now, keys and values. */
    long bytesKept() {
        return store.bytes();
    }
}
