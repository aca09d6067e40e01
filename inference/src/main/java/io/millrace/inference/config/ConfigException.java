package io.millrace.inference.config;

/**
 * A text that says something impossible. The message names where the text came from, the key's path, the value found
 * there, and what would be right; it is meant to be shown to the user as it stands.
 */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
