package io.millrace.stream.runtime;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.stream.feed.FeedView;
import io.millrace.stream.topology.PipelinePlan;
import io.millrace.stream.topology.PipelineTopology;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipeline's Kafka Streams application: built when the first model is known, since its features shape the graph,
 * and closed before the model slot is emptied.
 *
 * <p>Threading: {@code start} by the watcher's thread, {@code close} by the application's.
 */
final class PipelineRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PipelineRunner.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);
    /** Peers take over at once; after a kill, the instance's static membership lets it come back without a rebalance. */
    private static final CloseOptions LEAVING = CloseOptions.timeout(CLOSE_PATIENCE)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);

    private static final int THREAD_REPLACEMENTS = 10;

    private final String pipeline;
    private final Properties properties;
    private final Function<LoadedModel, PipelinePlan> planner;
    private final PipelineTopology.Dependencies dependencies;
    private @Nullable KafkaStreams streams;
    private @Nullable PipelinePlan started;
    private boolean closed;
    private final AtomicInteger failures = new AtomicInteger();

    PipelineRunner(
            String pipeline,
            Properties properties,
            Function<LoadedModel, PipelinePlan> planner,
            PipelineTopology.Dependencies dependencies) {
        this.pipeline = pipeline;
        this.properties = properties;
        this.planner = planner;
        this.dependencies = dependencies;
    }

    /** Starts the pipeline with its first model, which lies in the slot already. */
    synchronized void start(LoadedModel first) {
        if (closed || streams != null) {
            return;
        }
        PipelinePlan plan = planner.apply(first);
        Topology topology = PipelineTopology.build(plan, dependencies);
        log.debug("topology of {}: {}", pipeline, topology.describe());
        KafkaStreams application = new KafkaStreams(
                topology, properties, dependencies.idleCommits().clients());
        application.setUncaughtExceptionHandler(this::onFailure);
        application.start();
        streams = application;
        started = plan;
        FeatureSet features = plan.featureSet();
        log.atInfo()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("model", first.ref())
                .addKeyValue("reads", features == null ? "texts" : features.name() + "/" + features.size())
                .addKeyValue("stages", plan.entities())
                .log("pipeline started");
    }

    /** Called by failing stream threads; takes no lock, since {@link #close} holds it while it waits for them. */
    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        int count = failures.incrementAndGet();
        if (count > THREAD_REPLACEMENTS) {
            log.atError()
                    .addKeyValue("pipeline", pipeline)
                    .setCause(failure)
                    .log("stream thread failed {} times, the pipeline stops", count);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.atError()
                .addKeyValue("pipeline", pipeline)
                .setCause(failure)
                .log("stream thread failed, another takes over from the last commit");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    synchronized PipelineState state() {
        if (streams == null) {
            return closed ? PipelineState.STOPPED : PipelineState.WAITING_FOR_MODEL;
        }
        return switch (streams.state()) {
            case CREATED, REBALANCING -> PipelineState.STARTING;
            case RUNNING -> PipelineState.RUNNING;
            case PENDING_SHUTDOWN, NOT_RUNNING -> PipelineState.STOPPED;
            case PENDING_ERROR, ERROR -> PipelineState.FAILED;
        };
    }

    /** What its feed says now; empty without a feed, or before the pipeline has started. */
    synchronized Optional<FeedView> feed() {
        KafkaStreams running = streams;
        PipelinePlan plan = started;
        if (running == null || plan == null || plan.config().feed() == null) {
            return Optional.empty();
        }
        StoreQueryParameters<ReadOnlyKeyValueStore<byte[], byte[]>> windows =
                StoreQueryParameters.fromNameAndType(plan.feedStore(), QueryableStoreTypes.keyValueStore());
        return Optional.of(
                new FeedView(() -> running.store(windows), plan.config().model()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        KafkaStreams running = streams;
        if (running != null && !running.close(LEAVING)) {
            log.atWarn()
                    .addKeyValue("pipeline", pipeline)
                    .log("did not stop within {}; its open transaction will be aborted", CLOSE_PATIENCE);
        }
    }
}
