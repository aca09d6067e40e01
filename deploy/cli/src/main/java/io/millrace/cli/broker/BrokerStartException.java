package io.millrace.cli.broker;

/** The embedded broker could not start; the message names the folder or port and what to do. */
public final class BrokerStartException extends RuntimeException {

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
