package io.millrace.schemas.registry;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the files of a draft within a transaction: each once, none that is there already, and as a delta where the draft
 * has one whose base is there.
 *
 * <p>Threading: thread-confined.
 */
final class OutgoingBlobs {
    private final RegistryTransaction transaction;
    private final BlobReuse reuse;
    private final Map<String, BlobRef> sent = new HashMap<>();

    OutgoingBlobs(RegistryTransaction transaction, BlobReuse reuse) {
        this.transaction = transaction;
        this.reuse = reuse;
    }

    BlobRef send(String path, byte[] file, @Nullable BlobDelta delta) {
        String sha256 = Sha256.hex(file);
        boolean known = sent.containsKey(sha256) || reuse.find(sha256).isPresent();
        if (!known && delta != null && isWhole(delta.baseSha256())) {
            return named(
                    path, stored(Sha256.hex(delta.bytes()), delta.bytes()), delta.baseSha256(), (long) file.length);
        }
        return named(path, stored(sha256, file), null, null);
    }

    /** Between making the draft and this transaction, the base may have gone. */
    private boolean isWhole(String sha256) {
        Optional<BlobRef> base = reuse.find(sha256);
        return base.isPresent() && base.get().getDeltaOf() == null;
    }

    private BlobRef stored(String sha256, byte[] bytes) {
        return sent.computeIfAbsent(
                sha256,
                hash -> reuse.find(hash)
                        .orElseGet(() -> new BlobRef(
                                "",
                                hash,
                                (long) bytes.length,
                                BlobChunks.count(bytes.length),
                                transaction.sendBlob(hash, bytes),
                                null,
                                null)));
    }

    private static BlobRef named(String path, BlobRef stored, @Nullable String deltaOf, @Nullable Long wholeSize) {
        return new BlobRef(
                path,
                stored.getSha256(),
                stored.getSize(),
                stored.getChunks(),
                stored.getFirstOffset(),
                deltaOf,
                wholeSize);
    }
}
