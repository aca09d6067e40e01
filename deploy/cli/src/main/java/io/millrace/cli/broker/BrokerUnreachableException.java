package io.millrace.cli.broker;

/** No broker answers where the configuration says there is one; the message names it and what to check. */
public final class BrokerUnreachableException extends RuntimeException {

    BrokerUnreachableException(String message) {
        super(message);
    }

    BrokerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
