package io.millrace.stream.topology;

import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.SegmentConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline's graph looks like, derived from its configuration, the feature set it serves and the partitions of
 * the topics it reads. Names here are part of the pipeline's state: changing one orphans a store or a topic.
 *
 * @param config the pipeline
 * @param featureSet that the state is built for; null for a pipeline of texts
 * @param classes of the model, the positive one last
 * @param inputPartitions of the input topic
 * @param labelPartitions of the feedback topic, 0 without labels
 */
public record PipelinePlan(
        PipelineConfig config,
        @Nullable FeatureSet featureSet,
        List<String> classes,
        int inputPartitions,
        int labelPartitions) {
    private static final EventShape TEXT = new EventShape(List.of(), List.of(), true);

    /** What is read of an event: what the features need, its group, and its subject. */
    public EventShape eventShape() {
        LabelsConfig labels = config.labels();
        SegmentConfig segment = labels == null ? null : labels.segment();
        FeedConfig feed = config.feed();
        return (featureSet == null ? TEXT : featureSet.shape())
                .withSegment(segment == null ? null : segment.field())
                .withSubject(feed == null ? null : feed.subject());
    }

    /** The entities that have a feature stage, in the order of the stages. */
    public List<String> entities() {
        return featureSet == null ? List.of() : featureSet.entities();
    }

    /** The entities whose features a label must reach; empty when no labels are joined. */
    public List<String> labelledEntities() {
        if (config.labels() == null || featureSet == null) {
            return List.of();
        }
        return entities().stream().filter(featureSet::needsLabels).toList();
    }

    /** Whether a feature asks for more of the labels than which events are positive. */
    public boolean negativeLabelsMatter() {
        return featureSet != null && featureSet.features().stream().anyMatch(LabelRunFeature.class::isInstance);
    }

    /** Names of the features, in the order of a row; none of texts. */
    public List<String> featureNames() {
        return featureSet == null
                ? List.of()
                : featureSet.features().stream().map(FeatureDefinition::name).toList();
    }

    /** Hash of the feature set; null for texts. */
    @Nullable
    String featureSetHash() {
        return featureSet == null ? null : featureSet.hash();
    }

    /** The place of an entity's key in an event. */
    int keyIndex(String entity) {
        return eventShape().key(entity);
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
