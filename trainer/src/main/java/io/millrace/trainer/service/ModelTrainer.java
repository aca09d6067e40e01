package io.millrace.trainer.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.trainer.example.ExampleCollector;
import io.millrace.trainer.example.ExampleRange;
import io.millrace.trainer.example.ExampleRanges;
import io.millrace.trainer.gate.GateMetrics;
import io.millrace.trainer.round.LineageKeys;
import io.millrace.trainer.round.RoundProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Follows one model's pipeline and runs a round whenever one is due. All that it knows comes from topics, so that one
 * that takes over where another was killed goes on as that would have.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns its clients until {@link #close}; a broker that fails makes a
 * method throw, after which the trainer is closed and a new one made.
 */
final class ModelTrainer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final TrainerSettings settings;
    private final TrainedModel model;
    private final TrainerFeed feed;
    private final ModelRegistryReader registry;
    private final RunJournal journal;
    private final KafkaBlobStore blobs;
    private final RoundRunner runner;
    private final RunHistory history;
    private final LiveMetric liveMetric;
    private final LiveVersions liveVersions;
    private final Trigger trigger;
    private UnlearnedLabels unlearned = new UnlearnedLabels();
    private @Nullable ExampleCollector collector;
    private @Nullable ModelVersion manifestOf;
    private @Nullable Manifest manifest;

    ModelTrainer(TrainerSettings settings, TrainedModel model) {
        this.settings = settings;
        this.model = model;
        this.feed = new TrainerFeed(settings.kafka(), model.pipeline());
        this.registry = new ModelRegistryReader(settings.kafka());
        this.journal = new RunJournal(settings.kafka(), settings.instance(), settings.clock());
        this.blobs = new KafkaBlobStore(settings.kafka());
        this.runner = new RoundRunner(settings, model, journal, blobs);
        this.history = new RunHistory(model);
        this.liveMetric = new LiveMetric(
                model.model(),
                model.config().gate().metric(),
                model.config().window().minPositives());
        this.liveVersions = new LiveVersions(model.model());
        this.trigger = new Trigger(
                model.config().every(), GateMetrics.name(model.config().gate().metric()));
    }

    /** Reads all topics to their present end, and notes which runs of its own did not end. */
    void catchUp() {
        readAll();
        for (TrainingRun cut : history.unfinished(journal)) {
            history.put(journal.endUnlearned(cut, TrainingState.FAILED, "the trainer was stopped during this run"));
        }
    }

    /** Waits a moment for what is new, and runs a round if one is due. */
    void step() {
        feed.poll(POLL, this::apply);
        registry.poll(Duration.ZERO);
        collectFor(registry.view());
        noteLive();
        if (due().isPresent()) {
            // What another trainer has done since may make it superfluous.
            readAll();
            due().ifPresent(why -> runNow(why, settings.progress()));
        }
    }

    private Optional<String> due() {
        return registry.view()
                .champion(model.model())
                .flatMap(champion ->
                        trigger.due(standing(champion), settings.clock().instant()));
    }

    private void readAll() {
        registry.read();
        collectFor(registry.view());
        feed.catchUp(this::apply);
    }

    /** Runs a round on all that was read; empty if the model has no champion to go on from. */
    Optional<TrainingRun> runNow(String why, RoundProgress progress) {
        RegistryView view = registry.view();
        Optional<ModelVersion> champion = view.champion(model.model());
        ExampleCollector examples = collector;
        if (champion.isEmpty() || examples == null) {
            return Optional.empty();
        }
        TrainingRun run = runner.run(
                new RoundRunner.Input(
                        view,
                        champion.get(),
                        examples.examples(),
                        feed.examplesRead(),
                        examples.skipped(),
                        examples.newestReceivedAt()),
                why,
                progress);
        history.put(run);
        Counter.builder(TrainerService.RUNS)
                .description("Rounds of training, by how they ended.")
                .tag("model", model.model())
                .tag("state", run.getState().name().toLowerCase(Locale.ROOT))
                .register(settings.registry())
                .increment();
        return Optional.of(run);
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(TopicCatalogue.TRAINING_RUNS)) {
            history.apply(record);
        } else if (topic.equals(TopicCatalogue.activations(model.pipeline()))) {
            liveVersions.apply(record);
        } else if (topic.equals(TopicCatalogue.metrics(model.pipeline()))) {
            liveMetric.apply(record);
        } else if (collector != null && collector.apply(record)) {
            unlearned.add(record.partition(), record.offset());
        }
    }

    /** Examples are read again from the start when the champion takes other ones than its predecessor. */
    private void collectFor(RegistryView view) {
        Optional<ModelVersion> champion = view.champion(model.model());
        if (champion.isEmpty()) {
            return;
        }
        Manifest taken = manifest(champion.get());
        if (collector == null || !collector.isFor(taken)) {
            collector = new ExampleCollector(taken, model.config().window().span());
            unlearned = new UnlearnedLabels();
            feed.rereadExamples();
        }
    }

    private Trigger.Standing standing(ModelVersion champion) {
        Manifest present = manifest(champion);
        unlearned.learnedTo(history.trainedTo());
        unlearned.learnedTo(trainedTo(present));
        Instant lastRunAt = history.lastOver().map(TrainingRun::getUpdatedAt).orElse(champion.getPublishedAt());
        return new Trigger.Standing(
                unlearned.count(),
                lastRunAt,
                liveMetric.of(champion.getVersion()),
                liveMetric.promised(present.lineage()));
    }

    /** What the champion itself says that it was trained on, in case the runs are gone. */
    private Map<Integer, Long> trainedTo(Manifest champion) {
        Map<Integer, Long> trained = new HashMap<>();
        String offsets = champion.lineage().get(LineageKeys.SOURCE_OFFSETS);
        String topic = champion.lineage().get(LineageKeys.SOURCE_TOPIC);
        if (offsets != null && TopicCatalogue.examples(model.pipeline()).equals(topic)) {
            for (ExampleRange range : ExampleRanges.parse(offsets).ranges()) {
                trained.put(range.partition(), range.to());
            }
        }
        return trained;
    }

    private void noteLive() {
        Optional<TrainingRun> waiting = history.notYetLive().filter(journal::wrote);
        if (waiting.isEmpty() || waiting.get().getVersion() == null) {
            return;
        }
        TrainingRun run = waiting.get();
        Optional<Instant> since = liveVersions.since(run.getVersion());
        if (since.isPresent()) {
            history.put(journal.live(run, since.get()));
            Instant received = run.getLabelReceivedAt();
            if (received != null) {
                Timer.builder(TrainerService.LABEL_TO_LIVE)
                        .description("From the newest label of a run to the first score by its version.")
                        .tag("model", model.model())
                        .register(settings.registry())
                        .record(Duration.between(received, since.get()));
            }
        }
    }

    /** Asked for many times a second, and read again only when the champion changes. */
    private Manifest manifest(ModelVersion version) {
        Manifest known = manifest;
        if (known != null && version.equals(manifestOf)) {
            return known;
        }
        try {
            Manifest read = PublishedBundles.manifest(version);
            manifest = read;
            manifestOf = version;
            return read;
        } catch (BundleException e) {
            throw new IllegalStateException(
                    "the champion " + version.getName() + "@" + version.getVersion() + " cannot be trained further: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        try (blobs;
                journal;
                registry) {
            feed.close();
        }
    }
}
