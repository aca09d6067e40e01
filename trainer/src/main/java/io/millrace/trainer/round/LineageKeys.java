package io.millrace.trainer.round;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.trainer.example.ExampleRanges;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** Metrics of the version on its hold-out: what it promises to be in the stream. */
    public static final String HOLD_OUT_AVERAGE_PRECISION = "hold-out-average-precision";

    public static final String HOLD_OUT_ROC_AUC = "hold-out-roc-auc";
    public static final String HOLD_OUT_LOG_LOSS = "hold-out-log-loss";

    private LineageKeys() {}

    /** What says of a version which examples it was made of. */
    public static Map<String, String> source(String pipeline, ExampleRanges ranges) {
        Map<String, String> source = new LinkedHashMap<>();
        source.put(SOURCE_TOPIC, TopicCatalogue.examples(pipeline));
        source.put(SOURCE_OFFSETS, ranges.toString());
        return source;
    }
}
