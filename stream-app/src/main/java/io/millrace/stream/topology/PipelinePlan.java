package io.millrace.stream.topology;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.SegmentConfig;
import java.util.List;

/**
 * What a pipeline's graph looks like, derived from its configuration, the feature set it serves and the partitions of
 * the topics it reads. Names here are part of the pipeline's state: changing one orphans a store or a topic.
 *
 * @param config the pipeline
 * @param featureSet that the state is built for
 * @param classes of the model, the positive one last
 * @param inputPartitions of the input topic
 * @param labelPartitions of the feedback topic, 0 without labels
 */
public record PipelinePlan(
        PipelineConfig config, FeatureSet featureSet, List<String> classes, int inputPartitions, int labelPartitions) {

    /** What is read of an event: what the features need, its group, and its subject. */
    public EventShape eventShape() {
        LabelsConfig labels = config.labels();
        SegmentConfig segment = labels == null ? null : labels.segment();
        FeedConfig feed = config.feed();
        return featureSet
                .shape()
                .withSegment(segment == null ? null : segment.field())
                .withSubject(feed == null ? null : feed.subject());
    }

    /** The entities that have a feature stage, in the order of the stages. */
    public List<String> entities() {
        return featureSet.entities();
    }

    /** The entities whose features a label must reach; empty when no labels are joined. */
    public List<String> labelledEntities() {
        if (config.labels() == null) {
            return List.of();
        }
        return entities().stream().filter(featureSet::needsLabels).toList();
    }

    /** Whether a feature asks for more of the labels than which events are positive. */
    public boolean negativeLabelsMatter() {
        return featureSet.features().stream().anyMatch(LabelRunFeature.class::isInstance);
    }

    /** Whether the input is already partitioned by the first entity, which saves a repartition. */
    public boolean inputKeyedByFirstEntity() {
        InputConfig input = config.input();
        if (entities().isEmpty() || input.key() == null) {
            return false;
        }
        String first = entities().get(0);
        return input.key().equals(first) || input.key().equals(input.fields().get(first));
    }

    /** Partitions of the topic that stages after a repartition read. */
    public int stagePartitions() {
        return Math.max(config.partitions(), inputPartitions);
    }

    String node(String step) {
        return config.name() + "-" + step;
    }

    String stateStore(String entity) {
        return node("state-" + topicSafe(entity));
    }

    /** The store of the feed's windows. */
    public String feedStore() {
        return node("feed-store");
    }

    String repartition(String entity) {
        return node("by-" + topicSafe(entity));
    }

    private static String topicSafe(String entity) {
        return entity.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
