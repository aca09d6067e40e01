package io.millrace.bench.scale;

/** A way in which a stream gets its state back. */
public enum RestoreWay {
    KEPT("stopped in order, started again with its folder"),
    KILLED("killed, started again at once with its folder"),
    FRESH("stopped in order, another starts with an empty folder"),
    REPLACED("killed, another starts at once with an empty folder"),
    STANDBY("one of two instances is killed, the other has copies of its state (standby-replicas: 1)");

    private final String meaning;

    RestoreWay(String meaning) {
        this.meaning = meaning;
    }

    /** In words. */
    public String meaning() {
        return meaning;
    }
}
