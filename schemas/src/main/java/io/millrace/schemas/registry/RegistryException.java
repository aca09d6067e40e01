package io.millrace.schemas.registry;

/** The registry refuses what was asked for, and nothing was changed; the message says why and what to do. */
public class RegistryException extends RuntimeException {
    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
