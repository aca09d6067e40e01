package io.millrace.stream.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.feed.FeedView;
import io.millrace.stream.swap.ModelFetcher;
import io.millrace.stream.swap.ModelSlot;
import io.millrace.stream.swap.ModelSwitch;
import io.millrace.stream.swap.ModelWatcher;
import io.millrace.stream.swap.ServedModel;
import io.millrace.stream.swap.StatusWriter;
import io.millrace.stream.topology.PipelinePlan;
import io.millrace.stream.topology.PipelineTopology;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream process: creates topics, follows the model topics, and runs a Kafka Streams application per pipeline.
 *
 * <p>Threading: started and closed by one thread; states and meters may be read by any. Lifecycle: owns all that it
 * starts; {@link #close} commits what was scored, then frees the models.
 */
public final class StreamApp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamApp.class);

    /** Idle threads commit this many times as often as busy ones at most. */
    private static final int IDLE_PARTS = 10;

    private static final long BYTES_PER_MEGABYTE = 1024L * 1024L;

    private final Settings settings;
    private final DeviceChoice device;
    private final Map<String, PipelineRunner> runners = new LinkedHashMap<>();
    private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
    private final Map<String, PipelineMeters> meters = new LinkedHashMap<>();
    private final List<AutoCloseable> owned = new ArrayList<>();

    /**
     * What the process runs.
     *
     * @param kafka client properties, {@code bootstrap.servers} among them
     * @param stream how it runs
     * @param pipelines what it runs
     * @param instance name of this process among its peers; the same after a restart, so that it gets its partitions
     *     back without a rebalance
     * @param stateDir folder of the state stores
     */
    public record Settings(
            Map<String, Object> kafka,
            StreamConfig stream,
            List<PipelineConfig> pipelines,
            String instance,
            Path stateDir,
            Clock clock,
            MeterRegistry registry) {
        public Settings {
            kafka = Map.copyOf(kafka);
            pipelines = List.copyOf(pipelines);
        }
    }

    /**
     * Resolves the device; a GPU that was asked for and cannot be used is an error here, before anything starts.
     *
     * @throws io.millrace.inference.onnx.DeviceUnavailableException for {@code device: cuda} without a usable GPU
     */
    public StreamApp(Settings settings) {
        this.settings = settings;
        this.device = Devices.resolve(settings.stream().device());
        for (PipelineConfig pipeline : settings.pipelines()) {
            meters.put(pipeline.name(), new PipelineMeters(settings.registry(), pipeline.name()));
        }
    }

    /** Creates missing topics and starts to follow the models; each pipeline starts when its first model is there. */
    public void start() {
        log.atInfo().addKeyValue("device", device.kind()).log("models run on: {}", device.reason());
        Map<String, TopicPartitions.Counts> counts = TopicPartitions.ensure(settings.kafka(), settings.pipelines());
        StatusWriter status = own(new StatusWriter(
                settings.kafka(), settings.instance(), device.kind().name(), settings.clock()));
        KafkaBlobStore blobs = own(new KafkaBlobStore(settings.kafka()));
        List<ModelSwitch> switches = new ArrayList<>();
        for (PipelineConfig pipeline : settings.pipelines()) {
            ModelLoader loader = new ModelLoader(
                    device,
                    settings.stream().inferenceThreads(),
                    pipeline.batch().rows(),
                    pipeline.precision());
            switches.add(pipeline(
                    pipeline,
                    counts.getOrDefault(pipeline.name(), new TopicPartitions.Counts(1, 1)),
                    new ModelFetcher(blobs, loader, pipeline.readsTexts()),
                    status));
        }
        ModelWatcher watcher = own(new ModelWatcher(new ModelRegistryReader(settings.kafka()), switches));
        watcher.start();
    }

    private ModelSwitch pipeline(
            PipelineConfig pipeline, TopicPartitions.Counts counts, ModelFetcher fetcher, StatusWriter status) {
        Optional<Activation> latest = ActivationLog.latest(settings.kafka(), pipeline.name());
        Optional<ServedModel> served = latest.map(a -> new ServedModel(a.getFeatureSet(), List.of()));
        ModelSwitch modelSwitch = new ModelSwitch(
                pipeline.name(),
                pipeline.model(),
                fetcher,
                status,
                served,
                latest.map(Activation::getVersion).orElse(null),
                System::nanoTime);
        var dependencies = new PipelineTopology.Dependencies(
                settings.instance(),
                modelSwitch.slot(),
                settings.clock(),
                System::nanoTime,
                settings.stream().cacheMegabytes() * BYTES_PER_MEGABYTE,
                meters(pipeline.name()),
                new IdleCommits(settings.stream().commitInterval().dividedBy(IDLE_PARTS), System::nanoTime),
                own(new BatchThreads(pipeline.name(), settings.stream().threads())));
        PipelineRunner runner = own(new PipelineRunner(
                pipeline.name(),
                StreamsProperties.of(
                        pipeline, settings.stream(), settings.kafka(), settings.instance(), settings.stateDir()),
                first -> plan(pipeline, counts, first),
                dependencies));
        modelSwitch.onFirst(runner::start);
        runners.put(pipeline.name(), runner);
        slots.put(pipeline.name(), modelSwitch.slot());
        return modelSwitch;
    }

    private static PipelinePlan plan(PipelineConfig pipeline, TopicPartitions.Counts counts, LoadedModel first) {
        Manifest manifest = first.manifest();
        LabelsConfig labels = pipeline.labels();
        return new PipelinePlan(
                pipeline,
                manifest.featureSet(),
                manifest.classes(),
                counts.input(),
                labels == null ? 0 : counts.labels());
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.add(0, resource);
        return resource;
    }

    /** Where a pipeline stands. */
    public PipelineState state(String pipeline) {
        PipelineRunner runner = runners.get(pipeline);
        return runner == null ? PipelineState.STOPPED : runner.state();
    }

    /** The version that a pipeline scores with now; empty when none is loaded. */
    public Optional<ModelRef> serving(String pipeline) {
        ModelSlot slot = slots.get(pipeline);
        return slot == null ? Optional.empty() : slot.version();
    }

    /** What a pipeline counts. */
    public PipelineMeters meters(String pipeline) {
        PipelineMeters found = meters.get(pipeline);
        if (found == null) {
            throw new IllegalArgumentException("no pipeline '" + pipeline + "', there are " + meters.keySet());
        }
        return found;
    }

    /** What a pipeline's feed says now; empty when it has none, or has not started yet. */
    public Optional<FeedView> feed(String pipeline) {
        PipelineRunner runner = runners.get(pipeline);
        return runner == null ? Optional.empty() : runner.feed();
    }

    /** Where its models run, and why there. */
    public DeviceChoice device() {
        return device;
    }

    /** Stops the pipelines with a last commit, then the watcher, then frees the models. */
    @Override
    public void close() {
        runners.values().forEach(PipelineRunner::close);
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                log.atWarn().setCause(e).log("not closed cleanly: {}", resource);
            }
        }
        owned.clear();
    }
}
