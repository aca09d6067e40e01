package io.millrace.schemas.registry;

/** A blob is missing, cut off or damaged where it should be: trying again does not help. The message says which. */
public final class BlobUnavailableException extends Exception {
    public BlobUnavailableException(String message) {
        super(message);
    }
}
