package io.millrace.inference.published;

import io.millrace.schemas.avro.BlobRef;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The base that each file of a model was last put together with, for as long as memory is not short: versions that are
 * tuned one after the other share it, and to fetch an encoder anew takes longer than all else.
 *
 * <p>Threading: thread-safe. Lifecycle: the garbage collector's.
 */
final class LastBases {
    private final Map<String, Base> byPath = new ConcurrentHashMap<>();

    private record Base(String sha256, SoftReference<byte[]> bytes) {}

    /**
     * The bytes of a base, which nobody may write to.
     *
     * @param read gets them from the store, checked against the reference's hash
     */
    byte[] get(BlobRef ref, Function<BlobRef, byte[]> read) {
        Base last = byPath.get(ref.getPath());
        byte[] kept = last != null && last.sha256().equals(ref.getSha256())
                ? last.bytes().get()
                : null;
        if (kept != null) {
            return kept;
        }
        byte[] bytes = read.apply(ref);
        byPath.put(ref.getPath(), new Base(ref.getSha256(), new SoftReference<>(bytes)));
        return bytes;
    }
}
