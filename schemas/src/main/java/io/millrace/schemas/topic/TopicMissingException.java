package io.millrace.schemas.topic;

/** A topic that is needed is missing, and may not or cannot be created; the message says how to create it by hand. */
public final class TopicMissingException extends RuntimeException {
    private final String topic;

    /** Names the topic, why it is not there, its settings and the command to create it. */
    TopicMissingException(TopicSpec spec, String why, Throwable cause) {
        super(
                "topic '" + spec.name() + "' is missing and " + why + ". Create it with " + spec.partitions()
                        + " partition(s) and the settings " + spec.settings() + ":\n  " + spec.createCommand(),
                cause);
        this.topic = spec.name();
    }

    /** The name of the topic. */
    public String topic() {
        return topic;
    }
}
