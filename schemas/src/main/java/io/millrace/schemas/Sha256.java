package io.millrace.schemas;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash that names content: blobs, manifests, feature sets.
 *
 * <p>Threading: stateless.
 */
public final class Sha256 {
    private Sha256() {}

    /** SHA-256 of the bytes as 64 lower-case hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return format(digest().digest(bytes));
    }

    /** SHA-256 of what a digest was given, as {@link #hex(byte[])} writes it; the digest starts anew. */
    public static String hex(MessageDigest digest) {
        return format(digest.digest());
    }

    /** A digest for content that comes in pieces. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    private static String format(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
