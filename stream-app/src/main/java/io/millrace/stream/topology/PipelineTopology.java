package io.millrace.stream.topology;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.codec.AvroEventCodec;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.EventShape;
import io.millrace.schemas.codec.FieldMapping;
import io.millrace.schemas.codec.JsonEventCodec;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.EnvelopeSerde;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.FeedItemSerde;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Judgements;
import io.millrace.stream.event.JudgementsSerde;
import io.millrace.stream.event.LabelRoutes;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.event.ScoredEventBytes;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.feature.DecodeProcessor;
import io.millrace.stream.feature.EntityProcessor;
import io.millrace.stream.feed.FeedProcessor;
import io.millrace.stream.feedback.LabelJoinProcessor;
import io.millrace.stream.metrics.MetricsProcessor;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.scoring.ScoringProcessor;
import io.millrace.stream.swap.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the graph of a pipeline: decode, one feature stage per entity with a repartition between entities, scoring,
 * and the label join that feeds labels back to the stages that need them.
 *
 * <p>Every node, store and topic is named, so that an edit elsewhere never renames one.
 */
public final class PipelineTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final PipelinePlan plan;
    private final Dependencies with;
    private final StreamsBuilder builder = new StreamsBuilder();

    /**
     * What the graph's nodes work with.
     *
     * @param instance name of this process, written into activations
     * @param slot where batches take their model from
     * @param clock for event times and timestamps of scores
     * @param nanoClock monotonic, for lingering
     * @param cacheBytes memory per task and stage for the state of keys that were seen lately
     * @param inference runs full batches while their tasks gather the next ones
     */
    public record Dependencies(
            String instance,
            ModelSlot slot,
            InstantSource clock,
            LongSupplier nanoClock,
            long cacheBytes,
            PipelineMeters meters,
            IdleCommits idleCommits,
            Executor inference) {}

    private PipelineTopology(PipelinePlan plan, Dependencies with) {
        this.plan = plan;
        this.with = with;
    }

    /** The graph of a pipeline. */
    public static Topology build(PipelinePlan plan, Dependencies with) {
        return new PipelineTopology(plan, with).build();
    }

    private Topology build() {
        DeadLetters deadLetters = new DeadLetters(plan.config().name(), with.meters());
        KStream<byte[], Flow> flow = decode(deadLetters);
        List<String> entities = plan.entities();
        for (int i = 0; i < entities.size(); i++) {
            String entity = entities.get(i);
            if (i > 0 || !plan.inputKeyedByFirstEntity()) {
                flow = repartition(flow, entity);
            }
            if (plan.labelledEntities().contains(entity)) {
                flow = flow.merge(labelRoutes(entity), Named.as(plan.node("with-labels-" + entity)));
            }
            flow = stage(flow, entity, i + 1 < entities.size() ? i + 1 : -1);
        }
        KStream<byte[], Flow> results = score(flow, deadLetters);
        FeedConfig feed = plan.config().feed();
        if (feed != null) {
            feed(results, feed);
        }
        LabelsConfig labels = plan.config().labels();
        if (labels != null) {
            joinLabels(results, labels, deadLetters);
        }
        return builder.build();
    }

    private KStream<byte[], Flow> decode(DeadLetters deadLetters) {
        InputConfig input = plan.config().input();
        EventCodec codec = codec(input, plan.eventShape());
        int firstKey =
                plan.entities().isEmpty() ? -1 : plan.keyIndex(plan.entities().get(0));
        var routing =
                new DecodeProcessor.Routing(firstKey, plan.inputKeyedByFirstEntity() ? plan.inputPartitions() : 0);
        KStream<byte[], Flow> decoded = builder.stream(
                        input.topic(), Consumed.with(BYTES, BYTES).withName(plan.node("read")))
                .process(
                        () -> new DecodeProcessor(
                                plan.featureSet(),
                                codec,
                                input.maxAhead(),
                                with.clock(),
                                routing,
                                deadLetters,
                                with.meters(),
                                with.idleCommits()),
                        Named.as(plan.node("decode")));
        write(decoded, "decode");
        return only(decoded, Envelope.class, "events");
    }

    private static EventCodec codec(InputConfig input, EventShape shape) {
        FieldMapping mapping =
                new FieldMapping(input.id(), input.time(), input.timePattern(), input.text(), input.fields());
        return switch (input.format()) {
            case JSON -> new JsonEventCodec(mapping, shape);
            case AVRO -> new AvroEventCodec(mapping, shape, WriterSchemas.of(input.schemas(), SchemaStore.ofOwn()));
        };
    }

    private KStream<byte[], Flow> repartition(KStream<byte[], Flow> flow, String entity) {
        KStream<byte[], Envelope> keyed = flow.mapValues(
                        value -> (Envelope) value, Named.as(plan.node("for-" + entity)))
                .repartition(Repartitioned.<byte[], Envelope>as(plan.repartition(entity))
                        .withKeySerde(BYTES)
                        .withValueSerde(new EnvelopeSerde())
                        .withNumberOfPartitions(plan.stagePartitions()));
        return keyed.mapValues(value -> value, Named.as(plan.node("at-" + entity)));
    }

    private KStream<byte[], Flow> labelRoutes(String entity) {
        return builder.stream(
                        TopicCatalogue.labelRoutes(plan.config().name()),
                        Consumed.with(BYTES, BYTES).withName(plan.node("read-labels-" + entity)))
                .mapValues(bytes -> LabelRoutes.read(bytes), Named.as(plan.node("labels-" + entity)));
    }

    private KStream<byte[], Flow> stage(KStream<byte[], Flow> flow, String entity, int nextEntity) {
        FeatureSet features = Objects.requireNonNull(plan.featureSet(), "only features have entities");
        String store = plan.stateStore(entity);
        int nextKey = nextEntity < 0 ? -1 : plan.keyIndex(plan.entities().get(nextEntity));
        return flow.process(
                withStores(
                        () -> new EntityProcessor(
                                features, entity, nextKey, store, with.cacheBytes(), with.meters(), with.idleCommits()),
                        EntityProcessor.stores(store)),
                Named.as(plan.node("features-" + entity)));
    }

    private KStream<byte[], Flow> score(KStream<byte[], Flow> flow, DeadLetters deadLetters) {
        var settings = new ScoringProcessor.Settings(
                plan.config(),
                with.instance(),
                plan.featureNames(),
                plan.classes().size(),
                plan.eventShape(),
                plan.labelledEntities(),
                plan.config().input().topic(),
                with.clock(),
                with.nanoClock(),
                deadLetters,
                with.meters(),
                with.inference());
        KStream<byte[], Flow> results = flow.process(
                ScoringProcessor.supplier(settings, with.slot(), with.idleCommits()), Named.as(plan.node("score")));
        write(results, "scores");
        return results;
    }

    private void feed(KStream<byte[], Flow> results, FeedConfig feed) {
        var settings = new FeedProcessor.Settings(
                plan.config().name(),
                plan.config().model(),
                plan.classes().size(),
                feed,
                plan.config().scoreFormat(),
                plan.feedStore(),
                plan.node("feed-unwritten"),
                with.clock(),
                with.meters().feed());
        Set<StoreBuilder<?>> stores = Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(settings.storeName()), BYTES, BYTES),
                new CommitHook.Builder(settings.hookName()));
        KStream<byte[], Flow> points = only(results, FeedItem.class, "feed-items")
                .mapValues(value -> (FeedItem) value, Named.as(plan.node("for-feed")))
                .selectKey(
                        (key, item) -> item.subject().getBytes(StandardCharsets.UTF_8),
                        Named.as(plan.node("key-by-subject")))
                .repartition(Repartitioned.<byte[], FeedItem>as(plan.repartition("subject"))
                        .withKeySerde(BYTES)
                        .withValueSerde(new FeedItemSerde())
                        .withNumberOfPartitions(plan.stagePartitions()))
                .process(withStores(() -> new FeedProcessor(settings), stores), Named.as(plan.node("feed")));
        write(points, "feed");
    }

    private void joinLabels(KStream<byte[], Flow> results, LabelsConfig labels, DeadLetters deadLetters) {
        KStream<byte[], Object> scored = only(results, ScoredEvent.class, "scored-events")
                .mapValues(value -> ScoredEventBytes.of((ScoredEvent) value).bytes(), Named.as(plan.node("for-event")))
                .repartition(Repartitioned.<byte[], byte[]>as(plan.repartition("event"))
                        .withKeySerde(BYTES)
                        .withValueSerde(BYTES)
                        .withNumberOfPartitions(plan.labelPartitions()))
                .mapValues(value -> new ScoredEventBytes(value), Named.as(plan.node("at-event")));
        KStream<byte[], Object> feedback = builder.stream(
                        labels.topic(), Consumed.with(BYTES, BYTES).withName(plan.node("read-labels")))
                .mapValues(value -> value, Named.as(plan.node("labels")));
        var names = new LabelJoinProcessor.StoreNames(
                plan.node("scored-events-store"),
                plan.node("told-labels-store"),
                plan.node("early-labels-store"),
                plan.node("label-join-unwritten"));
        var settings = new LabelJoinProcessor.Settings(
                plan.config().name(),
                plan.config().model(),
                plan.featureSetHash(),
                plan.labelledEntities(),
                plan.negativeLabelsMatter(),
                plan.classes(),
                labels.horizon(),
                plan.config().input().maxAhead(),
                names,
                plan.labelPartitions(),
                with.clock(),
                deadLetters,
                with.meters());
        Set<StoreBuilder<?>> stores = Set.of(
                byEventTime(names.events(), labels.horizon()),
                byEventTime(names.told(), labels.horizon()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(names.early()), BYTES, BYTES),
                new CommitHook.Builder(names.hook()));
        KStream<byte[], Flow> joined = feedback.merge(scored, Named.as(plan.node("labels-and-events")))
                .process(
                        withStores(() -> new LabelJoinProcessor(settings), stores), Named.as(plan.node("join-labels")));
        write(joined, "labels");
        judge(joined, labels);
    }

    private void judge(KStream<byte[], Flow> joined, LabelsConfig labels) {
        String store = plan.node("metrics-store");
        var settings = new MetricsProcessor.Settings(
                plan.config().name(),
                plan.config().model(),
                plan.config().metrics(),
                labels.horizon(),
                store,
                plan.node("metrics-unwritten"),
                with.nanoClock(),
                with.meters().versions());
        Set<StoreBuilder<?>> stores = Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), BYTES, BYTES),
                new CommitHook.Builder(settings.hookName()));
        KStream<byte[], Flow> metrics = only(joined, Judgements.class, "judgements")
                .mapValues(value -> (Judgements) value, Named.as(plan.node("for-metrics")))
                .repartition(Repartitioned.<byte[], Judgements>as(plan.repartition("metrics"))
                        .withKeySerde(BYTES)
                        .withValueSerde(new JudgementsSerde())
                        .withNumberOfPartitions(1))
                .process(withStores(() -> new MetricsProcessor(settings), stores), Named.as(plan.node("metrics")));
        write(metrics, "metrics");
    }

    private static StoreBuilder<?> byEventTime(String name, Duration horizon) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, horizon, Duration.ofMillis(1), false), BYTES, BYTES);
    }

    /** Sends what is finished to its topic. */
    private void write(KStream<byte[], Flow> flow, String step) {
        flow.filter((key, value) -> value instanceof Outgoing, Named.as(plan.node("finished-" + step)))
                .to(
                        (key, value, context) -> ((Outgoing) value).topic(),
                        Produced.<byte[], Flow>with(BYTES, FINISHED).withName(plan.node("write-" + step)));
    }

    private KStream<byte[], Flow> only(KStream<byte[], Flow> flow, Class<? extends Flow> type, String name) {
        return flow.filter((key, value) -> type.isInstance(value), Named.as(plan.node(name)));
    }

    private static final Serde<Flow> FINISHED =
            Serdes.serdeFrom((topic, value) -> ((Outgoing) Objects.requireNonNull(value)).value(), (topic, bytes) -> {
                throw new IllegalStateException("finished records are only written");
            });

    private static <KI, VI, KO, VO> ProcessorSupplier<KI, VI, KO, VO> withStores(
            ProcessorSupplier<KI, VI, KO, VO> supplier, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<KI, VI, KO, VO> get() {
                return supplier.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }
}
