package io.millrace.stream.feature;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.EntityFeatures;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.LabelRoute;
import io.millrace.stream.runtime.PipelineMeters;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * One feature stage: fills in the features of one entity kind and keeps its state. Labels of that entity update the
 * state and go no further.
 *
 * <p>Threading: confined to its task. Under exactly-once each event and label counts once in the state; under
 * at-least-once a crash can count it twice.
 */
public final class EntityProcessor implements Processor<byte[], Flow, byte[], Flow> {
    private final FeatureSet featureSet;
    private final String entity;
    private final int keyIndex;
    private final int nextKeyIndex;
    private final String storeName;
    private final long cacheBytes;
    private final PipelineMeters meters;
    private final IdleCommits.Work work;
    private @Nullable ProcessorContext<byte[], Flow> context;
    private @Nullable EntityFeatures features;

    /**
     * Makes the stage of one entity.
     *
     * @param nextKeyIndex which of the event's keys the next stage is keyed by; -1 behind the last stage
     * @param cacheBytes memory for the state of keys that were seen lately
     */
    public EntityProcessor(
            FeatureSet featureSet,
            String entity,
            int nextKeyIndex,
            String storeName,
            long cacheBytes,
            PipelineMeters meters,
            IdleCommits idleCommits) {
        this.featureSet = featureSet;
        this.entity = entity;
        this.keyIndex = featureSet.shape().key(entity);
        this.nextKeyIndex = nextKeyIndex;
        this.storeName = storeName;
        this.cacheBytes = cacheBytes;
        this.meters = meters;
        this.work = idleCommits.work();
    }

    /** The stores of a stage: its state, written through by a hook before each commit. */
    public static Set<StoreBuilder<?>> stores(String storeName) {
        return Set.of(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(storeName), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled(),
                new CommitHook.Builder(hookName(storeName)));
    }

    private static String hookName(String storeName) {
        return storeName + "-unwritten";
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        KeyValueStore<Bytes, byte[]> store = initialised.getStateStore(storeName);
        WriteBehindBytes state = new WriteBehindBytes(store, cacheBytes);
        CommitHook hook = initialised.getStateStore(hookName(storeName));
        hook.beforeCommit(initialised, state::flush);
        context = initialised;
        work.open(initialised);
        features = new EntityFeatures(featureSet, entity, state);
    }

    @Override
    public void close() {
        work.close();
    }

    @Override
    public void process(Record<byte[], Flow> record) {
        EntityFeatures state = features;
        ProcessorContext<byte[], Flow> out = context;
        if (state == null || out == null) {
            throw new IllegalStateException("process before init");
        }
        work.changed();
        Flow flow = record.value();
        if (flow instanceof Envelope envelope) {
            var event = envelope.event();
            state.event(event.keys()[keyIndex], event.id(), event.timeMillis(), event.numbers(), envelope.features());
            if (nextKeyIndex < 0) {
                out.forward(record);
            } else {
                out.forward(record.withKey(event.keys()[nextKeyIndex].getBytes(StandardCharsets.UTF_8)));
            }
        } else if (flow instanceof LabelRoute route) {
            if (route.entity().equals(entity)) {
                state.label(route.key(), route.label());
                meters.labels().applied();
            }
        } else {
            throw new IllegalStateException("a feature stage was given " + flow);
        }
    }
}
