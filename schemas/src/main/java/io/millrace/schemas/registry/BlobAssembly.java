package io.millrace.schemas.registry;

import io.millrace.schemas.avro.BlobRef;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of one blob together as they come by among those of others.
 *
 * <p>A blob may lie on the topic several times, some copies cut off by a publisher's crash. A later chunk replaces the
 * earlier of its index, and each last chunk is taken as the end of a copy.
 *
 * <p>Threading: thread-confined.
 */
final class BlobAssembly {

    private final BlobRef ref;
    private final Map<Integer, byte[]> chunks = new TreeMap<>();
    private @Nullable String damage;

    BlobAssembly(BlobRef ref) {
        this.ref = ref;
    }

    boolean isFirstKey(String key) {
        return key.equals(BlobChunks.key(ref.getSha256(), 0));
    }

    /** Takes a record of the chunk topic; the whole blob as soon as it is there and sound, until then null. */
    byte @Nullable [] offer(String key, byte @Nullable [] value) {
        int index = indexOf(key);
        if (index < 0 || value == null) {
            return null;
        }
        chunks.put(index, value);
        if (index < ref.getChunks() - 1 || chunks.size() < ref.getChunks()) {
            return null;
        }
        try {
            return BlobCheck.requireIs(ref, joined());
        } catch (BlobUnavailableException e) {
            damage = e.getMessage();
            return null;
        }
    }

    /** Whether a copy was whole but not sound. */
    boolean isDamaged() {
        return damage != null;
    }

    /** Why there is no blob, after all chunks there are. */
    BlobUnavailableException failure() {
        if (damage != null) {
            return new BlobUnavailableException(damage);
        }
        String what = chunks.isEmpty()
                ? " is missing: the chunk topic has none of its " + ref.getChunks() + " chunks"
                : " is cut off: the chunk topic has " + chunks.size() + " of its " + ref.getChunks() + " chunks";
        return new BlobUnavailableException(BlobCheck.describe(ref) + what + "; publish the version again");
    }

    private byte[] joined() throws BlobUnavailableException {
        long sizeBytes =
                chunks.values().stream().mapToLong(chunk -> chunk.length).sum();
        if (sizeBytes != ref.getSize()) {
            throw new BlobUnavailableException(
                    BlobCheck.describe(ref) + " has " + sizeBytes + " bytes, should have " + ref.getSize());
        }
        byte[] blob = new byte[(int) sizeBytes];
        int at = 0;
        for (byte[] chunk : chunks.values()) {
            System.arraycopy(chunk, 0, blob, at, chunk.length);
            at += chunk.length;
        }
        return blob;
    }

    /** Of a chunk of this blob; -1 for all others. */
    private int indexOf(String key) {
        String sha256 = ref.getSha256();
        if (!key.startsWith(sha256) || key.length() < sha256.length() + 2 || key.charAt(sha256.length()) != '/') {
            return -1;
        }
        try {
            int index = Integer.parseInt(key, sha256.length() + 1, key.length(), 10);
            return index < ref.getChunks() ? index : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
