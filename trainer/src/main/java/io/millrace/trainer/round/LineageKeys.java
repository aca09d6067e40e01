package io.millrace.trainer.round;

/** Keys of a manifest's lineage that others than people read. */
public final class LineageKeys {
    /** Which code trained. */
    public static final String CODE = "code";
    /** The learner's name. */
    public static final String LEARNER = "learner";
    /** The seed of all chance. */
    public static final String SEED = "seed";
    /** The training configuration as YAML. */
    public static final String SETTINGS = "settings";
    /** The topic that the examples were read from. */
    public static final String SOURCE_TOPIC = "source-topic";
    /** The offsets that were read, as {@code ExampleRanges} writes them. */
    public static final String SOURCE_OFFSETS = "source-offsets";

    private LineageKeys() {}
}
