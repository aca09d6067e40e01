package io.millrace.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All topics: names, what they carry, how long they keep it.
 *
 * <p>Topics that we write and that forget stamp records with the time of their arrival. Their records carry the time of
 * an event, which in a replay is years back: by that time, retention would drop them before anyone has read them.
 *
 * <p>The user's topics, input and labels, are listed too, and are created only if they are missing. They keep the time
 * that the producer gave (Kafka Streams reads transactions and labels in its order), and so they are kept for ever: any
 * retention would drop a replay at once. Their history is also what a pipeline with another feature set builds its state
 * from. Who wants them to forget creates them beforehand, or alters them.
 */
public final class TopicCatalogue {
    public static final String MODEL_VERSIONS = "model-versions";
    public static final String MODEL_CHUNKS = "model-chunks";
    public static final String MODEL_ROLES = "model-roles";
    public static final String MODEL_STATUS = "model-status";
    public static final String TRAINING_RUNS = "training-runs";
    public static final String DEAD_LETTERS = "dead-letters";

    private static final Duration SCORES_KEPT = Duration.ofDays(7);
    private static final Duration ROUTES_KEPT = Duration.ofDays(7);
    private static final Duration ALERTS_KEPT = Duration.ofDays(30);
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
    private static final Duration ORPHANS_KEPT = Duration.ofDays(365);
    private static final Duration METRICS_KEPT = Duration.ofDays(365);
    private static final Duration FEED_KEPT = Duration.ofDays(365);

    private static final Map<String, String> TIME_OF_ARRIVAL = Map.of("message.timestamp.type", "LogAppendTime");
    private static final Map<String, String> TIME_OF_PRODUCER = Map.of("message.timestamp.type", "CreateTime");
    private static final String MAX_BYTES = "max.message.bytes";
    /** Room for a manifest with many golden samples. */
    private static final Map<String, String> MANIFEST_ROOM = Map.of(MAX_BYTES, bytes(4));

    private TopicCatalogue() {}

    /** Where a pipeline's scores go. */
    public static String scores(String pipeline) {
        return pipeline + ".scores";
    }

    /** Where a pipeline's scores over the threshold go. */
    public static String alerts(String pipeline) {
        return pipeline + ".alerts";
    }

    /** Where a pipeline's labelled examples go: the training set. */
    public static String examples(String pipeline) {
        return pipeline + ".examples";
    }

    /** Where labels go whose event never came, once the pipeline's label horizon has passed. */
    public static String orphans(String pipeline) {
        return pipeline + ".orphans";
    }

    /** Where the metrics of a pipeline's versions go. */
    public static String metrics(String pipeline) {
        return pipeline + ".metrics";
    }

    /** Where a pipeline's feed goes: one point per subject, window and version. */
    public static String feed(String pipeline) {
        return pipeline + ".feed";
    }

    /** Which version scores which partition of a pipeline from which offset on. */
    public static String activations(String pipeline) {
        return pipeline + ".activations";
    }

    /** Labels on their way to the feature stages that need them. */
    public static String labelRoutes(String pipeline) {
        return pipeline + ".label-routes";
    }

    /** The spec of one of the topics that all pipelines share. */
    public static TopicSpec model(String topic) {
        return model().stream()
                .filter(spec -> spec.name().equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no shared topic '" + topic + "'"));
    }

    /** The topics that all pipelines share: the models, and what could not be processed. */
    public static List<TopicSpec> model() {
        return List.of(
                compacted(MODEL_VERSIONS, "name@version", "ModelVersion", MANIFEST_ROOM),
                // The default limit of a broker may be lower than a chunk.
                kept(MODEL_CHUNKS, "sha256/index", "bytes of a blob", 1, Map.of(MAX_BYTES, bytes(1))),
                compacted(MODEL_ROLES, "model name", "ModelRoles", Map.of()),
                compacted(MODEL_STATUS, "instance/pipeline/model", "ModelStatus", Map.of()),
                compacted(TRAINING_RUNS, "model/run", "TrainingRun", Map.of()),
                new TopicSpec(
                        DEAD_LETTERS,
                        "original key",
                        "original bytes, the reason in the headers",
                        1,
                        Cleanup.DELETE,
                        DEAD_LETTERS_KEPT,
                        Map.of("message.timestamp.type", "LogAppendTime", MAX_BYTES, bytes(16))));
    }

    /**
     * The topics of one pipeline, the user's own among them.
     *
     * @param labelTopic null when the pipeline has no labels
     * @param partitions of the topics that scale with the load
     */
    public static List<TopicSpec> pipeline(
            String pipeline, String inputTopic, @Nullable String labelTopic, int partitions) {
        List<TopicSpec> specs = new ArrayList<>();
        specs.add(kept(inputTopic, "the user's", "the user's events", partitions, TIME_OF_PRODUCER));
        if (labelTopic != null) {
            specs.add(kept(labelTopic, "event id", "Label", partitions, TIME_OF_PRODUCER));
        }
        specs.add(forgetting(scores(pipeline), "the input's key", "Score", partitions, SCORES_KEPT));
        specs.add(forgetting(alerts(pipeline), "the input's key", "Score over the threshold", partitions, ALERTS_KEPT));
        specs.add(kept(examples(pipeline), "event id", "LabelledExample", partitions, TIME_OF_ARRIVAL));
        specs.add(forgetting(orphans(pipeline), "event id", "Label without an event", partitions, ORPHANS_KEPT));
        specs.add(forgetting(metrics(pipeline), "version", "Metrics", 1, METRICS_KEPT));
        specs.add(kept(activations(pipeline), "partition", "Activation", 1, TIME_OF_ARRIVAL));
        specs.add(forgetting(
                labelRoutes(pipeline), "entity key", "a label for a feature stage", partitions, ROUTES_KEPT));
        return List.copyOf(specs);
    }

    /** The feed of a pipeline, which only those with subjects have: the last record of a point, for a year. */
    public static TopicSpec feed(String pipeline, int partitions) {
        return new TopicSpec(
                feed(pipeline),
                "subject/window/start/version",
                "FeedPoint",
                partitions,
                Cleanup.COMPACT_DELETE,
                FEED_KEPT,
                TIME_OF_ARRIVAL);
    }

    private static TopicSpec compacted(String name, String key, String value, Map<String, String> extra) {
        return new TopicSpec(name, key, value, 1, Cleanup.COMPACT, null, extra);
    }

    private static TopicSpec kept(String name, String key, String value, int partitions, Map<String, String> extra) {
        return new TopicSpec(name, key, value, partitions, Cleanup.DELETE, null, extra);
    }

    private static TopicSpec forgetting(String name, String key, String value, int partitions, Duration retention) {
        return new TopicSpec(name, key, value, partitions, Cleanup.DELETE, retention, TIME_OF_ARRIVAL);
    }

    private static String bytes(int mebibytes) {
        return Integer.toString(mebibytes * 1024 * 1024);
    }
}
