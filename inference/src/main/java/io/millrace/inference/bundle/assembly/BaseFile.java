package io.millrace.inference.bundle.assembly;

import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.schemas.Sha256;
import java.util.regex.Pattern;

/**
 * A file of an artifact.
 *
 * <p>Threading: immutable.
 *
 * @param resource its name inside the artifact
 * @param sha256 of its bytes
 */
public record BaseFile(String resource, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public BaseFile {
        if (resource.isBlank() || resource.startsWith("/")) {
            throw new IllegalArgumentException("resource must be a path inside the artifact, was '" + resource + "'");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits, was '" + sha256 + "'");
        }
    }

    /** Names a file by what it is now. */
    public static BaseFile of(String resource, byte[] bytes) {
        return new BaseFile(resource, Sha256.hex(bytes));
    }

    /**
     * Its bytes.
     *
     * @param artifact that it belongs to, for messages
     * @throws BundleException if it is not there, or is another one
     */
    byte[] read(BaseFiles files, String artifact) {
        byte[] bytes = files.find(resource);
        if (bytes == null) {
            throw new BundleException(
                    Problem.MISSING_BLOB,
                    "the bundle is put together with '" + resource + "' of the artifact " + artifact
                            + ", which is not on the class path: add its jar there");
        }
        String actual = Sha256.hex(bytes);
        if (!actual.equals(sha256)) {
            throw new BundleException(
                    Problem.HASH_MISMATCH,
                    "'" + resource + "' on the class path has SHA-256 " + actual + ", but the bundle was made with "
                            + sha256 + ": put exactly the artifact " + artifact + " there");
        }
        return bytes;
    }
}
