package io.millrace.inference.feature.state;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one key's state in the store: its header, and numbered chunks in a few series. What was read or written
 * since {@link #select} is remembered, so that the edges of several windows in one chunk cost one read.
 *
 * <p>A store key is the length of the entity's key, the key, the series, and for a chunk its number: no two can be equal,
 * and the parts of one entity lie side by side where keys are sorted.
 *
 * <p>Threading: confined to one thread.
 */
final class KeyedChunks {
    private static final byte HEADER = 0;
    private static final int REMEMBERED = 8;

    private final StateBytes store;
    private final byte[] series = new byte[REMEMBERED];
    private final long[] numbers = new long[REMEMBERED];
    private final byte[][] chunks = new byte[REMEMBERED][];
    private int remembered;
    private int oldest;
    private byte[] key = new byte[0];
    private String keyText = "";

    KeyedChunks(StateBytes store) {
        this.store = store;
    }

    /** Turns to another key, or to the same one as if anew. */
    void select(String entityKey) {
        keyText = entityKey;
        key = entityKey.getBytes(StandardCharsets.UTF_8);
        remembered = 0;
        oldest = 0;
    }

    byte @Nullable [] header() {
        return store.get(headerKey());
    }

    void putHeader(byte[] header) {
        store.put(headerKey(), header);
    }

    byte[] get(byte ofSeries, long number) {
        for (int i = 0; i < remembered; i++) {
            if (numbers[i] == number && series[i] == ofSeries) {
                return chunks[i];
            }
        }
        byte[] chunk = store.get(chunkKey(ofSeries, number));
        if (chunk == null) {
            throw new IllegalStateException("chunk " + number + " of series " + ofSeries + " of the entity '" + keyText
                    + "' is missing from the state store; restore the store from its changelog");
        }
        remember(ofSeries, number, chunk);
        return chunk;
    }

    void put(byte ofSeries, long number, byte[] chunk) {
        store.put(chunkKey(ofSeries, number), chunk);
        forget(ofSeries, number);
        remember(ofSeries, number, chunk);
    }

    void delete(byte ofSeries, long number) {
        store.delete(chunkKey(ofSeries, number));
        forget(ofSeries, number);
    }

    private void remember(byte ofSeries, long number, byte[] chunk) {
        int slot = oldest;
        oldest = (oldest + 1) % REMEMBERED;
        remembered = Math.max(remembered, slot + 1);
        series[slot] = ofSeries;
        numbers[slot] = number;
        chunks[slot] = chunk;
    }

    private void forget(byte ofSeries, long number) {
        for (int i = 0; i < remembered; i++) {
            if (numbers[i] == number && series[i] == ofSeries) {
                numbers[i] = -1;
            }
        }
    }

    private byte[] headerKey() {
        byte[] storeKey = new byte[Integer.BYTES + key.length + 1];
        fill(storeKey, HEADER);
        return storeKey;
    }

    private byte[] chunkKey(byte ofSeries, long number) {
        byte[] storeKey = new byte[Integer.BYTES + key.length + 1 + Long.BYTES];
        fill(storeKey, ofSeries);
        Binary.putLong(storeKey, Integer.BYTES + key.length + 1, number);
        return storeKey;
    }

    private void fill(byte[] storeKey, byte ofSeries) {
        Binary.putInt(storeKey, 0, key.length);
        System.arraycopy(key, 0, storeKey, Integer.BYTES, key.length);
        storeKey[Integer.BYTES + key.length] = ofSeries;
    }
}
