package io.millrace.inference.bundle;

/** A manifest and blobs that do not belong together, or a folder that holds no bundle. The message names the blob. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the bundle. */
    public enum Problem {
        /** A blob that the manifest names is not there. */
        MISSING_BLOB,
        /** A blob is there that the manifest does not name. */
        UNDECLARED_BLOB,
        /** A blob's bytes are not those that the manifest names. */
        HASH_MISMATCH,
        /** A blob was published as the difference from another one and cannot be put together. */
        BROKEN_DELTA,
        /** There is no manifest, or it cannot be read. */
        BAD_MANIFEST
    }

    private final Problem problem;

    public BundleException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public BundleException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
