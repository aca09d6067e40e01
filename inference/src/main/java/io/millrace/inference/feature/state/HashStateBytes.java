package io.millrace.inference.feature.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State in memory: for tests, training files and tools.
 *
 * <p>Threading: confined to one thread.
 */
public final class HashStateBytes implements StateBytes {
    private final Map<Key, byte[]> values = new HashMap<>();

    @Override
    public byte @Nullable [] get(byte[] key) {
        return values.get(new Key(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        values.put(new Key(key), value);
    }

    @Override
    public void delete(byte[] key) {
        values.remove(new Key(key));
    }

    /** How many keys there are. */
    public int size() {
        return values.size();
    }

    /** The bytes of all keys and values. */
    public long bytes() {
        long sum = 0;
        for (Map.Entry<Key, byte[]> entry : values.entrySet()) {
            sum += entry.getKey().bytes.length + (long) entry.getValue().length;
        }
        return sum;
    }

    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
