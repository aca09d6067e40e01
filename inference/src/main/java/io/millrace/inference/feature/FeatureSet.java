package io.millrace.inference.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.schemas.codec.EventShape;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a model, in order.
 *
 * <p>Threading: immutable.
 *
 * @param name for people; not part of the {@link #hash}
 * @param zone where day and night are told for the calendar features; UTC if left out in YAML
 */
public record FeatureSet(String name, String zone, List<FeatureDefinition> features) {
    public static final String DEFAULT_ZONE = "UTC";

    public FeatureSet {
        Names.checked(name, "a feature set's name");
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the zone of feature set '" + name + "' is '" + zone
                            + "', which is no time zone; write one as in UTC or Europe/Berlin",
                    e);
        }
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("feature set '" + name + "' has no features; define at least one");
        }
        FeatureSetRules.check(name, features);
    }

    @JsonCreator
    static FeatureSet of(
            @JsonProperty("name") String name,
            @JsonProperty("zone") @Nullable String zone,
            @JsonProperty("features") List<FeatureDefinition> features) {
        return new FeatureSet(name, zone == null ? DEFAULT_ZONE : zone, features);
    }

    public int size() {
        return features.size();
    }

    /** The place of a feature in the model's input. */
    public int index(String featureName) {
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).name().equals(featureName)) {
                return i;
            }
        }
        throw new IllegalArgumentException("feature set '" + name + "' has no feature '" + featureName + "'; it has "
                + features.stream().map(FeatureDefinition::name).toList());
    }

    /**
     * Says which features these are: sha256 of their definitions in order, and of the zone. Two sets with one hash compute
     * the same and keep the same state.
     */
    public String hash() {
        return FeatureSetText.hash(this);
    }

    /** The entities whose events are counted, in the order of first use, which is the order of the stages. */
    public List<String> entities() {
        Set<String> entities = new LinkedHashSet<>();
        for (FeatureDefinition feature : features) {
            if (feature instanceof EntityDefinition ofEntity) {
                entities.add(ofEntity.entity());
            }
        }
        return List.copyOf(entities);
    }

    /** What must be read from an event: the entities as key fields, the number fields in the order of first use. */
    public EventShape shape() {
        Set<String> numbers = new LinkedHashSet<>();
        for (FeatureDefinition feature : features) {
            if (feature instanceof FieldFeature field) {
                numbers.add(field.field());
            } else if (feature instanceof LogFeature log) {
                numbers.add(log.field());
            } else if (feature instanceof HistoryFeature history) {
                numbers.add(history.field());
            } else if (feature instanceof WindowFeature window && window.field() != null && history(window) == null) {
                numbers.add(window.field());
            }
        }
        return new EventShape(entities(), List.copyOf(numbers), false);
    }

    /** Whether the entity's stage has to be told the labels of its events. */
    public boolean needsLabels(String entity) {
        for (EntityDefinition feature : definitions(entity)) {
            boolean ofLabels = feature instanceof LabelRunFeature
                    || (feature instanceof WindowFeature window && window.aggregate() == Aggregate.POSITIVE_SHARE);
            if (ofLabels) {
                return true;
            }
        }
        return false;
    }

    /** The definitions of one entity's stage, in order. */
    public List<EntityDefinition> definitions(String entity) {
        List<EntityDefinition> definitions = new ArrayList<>();
        for (FeatureDefinition feature : features) {
            if (feature instanceof EntityDefinition ofEntity
                    && ofEntity.entity().equals(entity)) {
                definitions.add(ofEntity);
            }
        }
        return definitions;
    }

    /** The history feature that a window is over, or null if it is over a number field, or over none. */
    public @Nullable HistoryFeature history(WindowFeature window) {
        for (EntityDefinition feature : definitions(window.entity())) {
            if (feature instanceof HistoryFeature history && history.name().equals(window.field())) {
                return history;
            }
        }
        return null;
    }
}
