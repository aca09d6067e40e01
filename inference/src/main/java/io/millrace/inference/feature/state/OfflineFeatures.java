package io.millrace.inference.feature.state;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.codec.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * All stages of a feature set on one thread, in memory: for training files, tests and tools. It computes what the
 * running stream computes, with the same engine.
 *
 * <p>Threading: confined to one thread.
 */
public final class OfflineFeatures {
    private final FeatureSet set;
    private final StatelessFeatures stateless;
    private final List<EntityFeatures> stages = new ArrayList<>();
    private final boolean[] labelled;

    public OfflineFeatures(FeatureSet set) {
        this.set = set;
        this.stateless = new StatelessFeatures(set);
        List<String> entities = set.entities();
        this.labelled = new boolean[entities.size()];
        for (int i = 0; i < labelled.length; i++) {
            stages.add(new EntityFeatures(set, entities.get(i), new HashStateBytes()));
            labelled[i] = set.needsLabels(entities.get(i));
        }
    }

    /**
     * Counts the event in and answers its features, in the order of the set.
     *
     * @param event of the set's {@link FeatureSet#shape}
     */
    public double[] event(Event event) {
        double[] features = new double[set.size()];
        stateless.fill(event.timeMillis(), event.numbers(), features);
        for (int i = 0; i < labelled.length; i++) {
            stages.get(i).event(event.keys()[i], event.id(), event.timeMillis(), event.numbers(), features);
        }
        return features;
    }

    /** Tells the stages that need it what turned out to be true of an event; early is fine, see {@link EntityFeatures}. */
    public void label(Event event, EntityLabel label) {
        for (int i = 0; i < labelled.length; i++) {
            if (labelled[i]) {
                stages.get(i).label(event.keys()[i], label);
            }
        }
    }
}
