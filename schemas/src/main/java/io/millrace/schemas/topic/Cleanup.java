package io.millrace.schemas.topic;

/** What a topic does with old records. */
public enum Cleanup {
    /** Drops records that are older than the retention. */
    DELETE("delete"),
    /** Keeps the last record of each key. */
    COMPACT("compact"),
    /** Keeps the last record of each key, until it too is older than the retention. */
    COMPACT_DELETE("compact,delete");

    private final String policy;

    Cleanup(String policy) {
        this.policy = policy;
    }

    /** The value of Kafka's {@code cleanup.policy}. */
    public String policy() {
        return policy;
    }
}
