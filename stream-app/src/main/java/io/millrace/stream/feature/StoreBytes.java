package io.millrace.stream.feature;

import io.millrace.inference.feature.state.StateBytes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Feature state in a Kafka Streams store.
 *
 * <p>Threading: confined to the task that owns the store.
 */
final class StoreBytes implements StateBytes {
    private final KeyValueStore<Bytes, byte[]> store;

    StoreBytes(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }
}
