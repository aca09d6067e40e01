package io.millrace.inference.feature.state;

import io.millrace.inference.feature.FeatureSet;

/** The features of one entity kind: one stage. */
public final class EntityFeatures {
    public EntityFeatures(FeatureSet set, String entity, StateBytes state) {
        if (!set.entities().contains(entity)) {
            throw new IllegalArgumentException(
                    "feature set '" + set.name() + "' has no entity '" + entity + "'; it has " + set.entities());
        }
    }

    /** Counts an event in and writes this stage's own slots. */
    public void event(String key, String eventId, long timeMillis, double[] numbers, double[] features) {}

    /** Says what turned out to be true of an event. */
    public void label(String key, EntityLabel label) {}
}
