package io.millrace.schemas.registry;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;

/** Whether bytes are the blob that a reference names. References come from a topic: they are checked, too. */
final class BlobCheck {

    private static final String SHA_256 = "[0-9a-f]{64}";
    private static final long MAX_SIZE_BYTES = Integer.MAX_VALUE - 8L;

    private BlobCheck() {}

    static void requireSane(BlobRef ref) throws BlobUnavailableException {
        if (!ref.getSha256().matches(SHA_256)) {
            throw new BlobUnavailableException(
                    "the reference to " + ref.getPath() + " has '" + cut(ref.getSha256()) + "' for a SHA-256");
        }
        if (ref.getSize() < 0 || ref.getSize() > MAX_SIZE_BYTES) {
            throw new BlobUnavailableException(describe(ref) + " cannot have a size of " + ref.getSize() + " bytes");
        }
        if (ref.getChunks() < 0 || ref.getChunks() > ref.getSize() || (ref.getChunks() == 0 && ref.getSize() > 0)) {
            throw new BlobUnavailableException(
                    describe(ref) + " of " + ref.getSize() + " bytes cannot have " + ref.getChunks() + " chunks");
        }
    }

    static byte[] requireIs(BlobRef ref, byte[] content) throws BlobUnavailableException {
        if (content.length != ref.getSize()) {
            throw new BlobUnavailableException(
                    describe(ref) + " has " + content.length + " bytes, should have " + ref.getSize());
        }
        String actual = Sha256.hex(content);
        if (!actual.equals(ref.getSha256())) {
            throw new BlobUnavailableException(describe(ref) + " is damaged: what is stored has SHA-256 " + actual);
        }
        return content;
    }

    static String describe(BlobRef ref) {
        return "blob " + ref.getPath() + " (" + cut(ref.getSha256()) + ")";
    }

    private static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
