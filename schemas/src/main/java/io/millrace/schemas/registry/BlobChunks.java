package io.millrace.schemas.registry;

import java.util.Arrays;

/** How a blob is cut into records of the chunk topic. */
final class BlobChunks {

    /** Half of the default limit of a broker's message size. */
    static final int CHUNK_BYTES = 512 * 1024;

    private BlobChunks() {}

    static int count(int sizeBytes) {
        return (int) (((long) sizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    static byte[] chunk(byte[] blob, int index) {
        int from = index * CHUNK_BYTES;
        return Arrays.copyOfRange(blob, from, (int) Math.min((long) from + CHUNK_BYTES, blob.length));
    }

    static String key(String sha256, int index) {
        return sha256 + "/" + index;
    }
}
