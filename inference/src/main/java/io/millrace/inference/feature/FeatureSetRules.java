package io.millrace.inference.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold between the features of a set. */
final class FeatureSetRules {
    private FeatureSetRules() {}

    static void check(String setName, List<FeatureDefinition> features) {
        Map<String, FeatureDefinition> byName = new HashMap<>();
        List<String> entities = new ArrayList<>();
        for (FeatureDefinition feature : features) {
            if (byName.put(feature.name(), feature) != null) {
                throw new IllegalArgumentException("feature set '" + setName + "' defines '" + feature.name()
                        + "' twice; each feature needs a name of its own");
            }
            if (feature instanceof EntityDefinition ofEntity && !entities.contains(ofEntity.entity())) {
                entities.add(ofEntity.entity());
            }
        }
        Map<String, LabelRunFeature> firstRuns = new HashMap<>();
        for (FeatureDefinition feature : features) {
            if (feature instanceof LabelRunFeature run) {
                LabelRunFeature first = firstRuns.computeIfAbsent(run.entity(), entity -> run);
                checkSameExplanation(first, run);
                if (run.explainedBy() != null) {
                    FeatureDefinition explaining = byName.get(run.explainedBy().feature());
                    checkKnownInTime(run, run.explainedBy(), explaining, entities);
                }
            }
        }
    }

    private static void checkSameExplanation(LabelRunFeature first, LabelRunFeature run) {
        if (!Objects.equals(first.explainedBy(), run.explainedBy())) {
            throw new IllegalArgumentException("features '" + first.name() + "' and '" + run.name()
                    + "' are label runs of one entity and differ in 'explained-by': " + first.explainedBy() + " and "
                    + run.explainedBy() + "; give both the same");
        }
    }

    private static void checkKnownInTime(
            LabelRunFeature run,
            Explanation explanation,
            @Nullable FeatureDefinition explaining,
            List<String> entities) {
        if (explaining == null) {
            throw new IllegalArgumentException("feature '" + run.name() + "' is explained by '" + explanation.feature()
                    + "', which the set does not define; name one of its features");
        }
        boolean late = explaining instanceof EntityDefinition ofEntity
                && (ofEntity.entity().equals(run.entity())
                        ? !(ofEntity instanceof HistoryFeature)
                        : entities.indexOf(ofEntity.entity()) > entities.indexOf(run.entity()));
        if (late) {
            throw new IllegalArgumentException("feature '" + run.name() + "' is explained by '" + explanation.feature()
                    + "', which is not known yet in the stage of '" + run.entity()
                    + "'; define a feature of the explaining entity before the first of '" + run.entity() + "'");
        }
    }
}
