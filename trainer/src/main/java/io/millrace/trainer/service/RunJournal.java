package io.millrace.trainer.service;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.registry.PublishTerms.SideRecord;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.trainer.example.ExampleRanges;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how runs of one trainer go: each change of state on the run topic and in the log.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a producer until {@link #close}.
 */
final class RunJournal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);
    private static final DateTimeFormatter RUN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LIVE = "live ";
    private static final long STEP_MILLIS = 1_000;

    private final Clock clock;
    private final String suffix;
    private final SingleObject<TrainingRun> codec = SingleObject.of(TrainingRun.class, SchemaStore.ofOwn());
    private final KafkaProducer<byte[], byte[]> producer;

    RunJournal(Map<String, Object> kafka, String instance, Clock clock) {
        this.clock = clock;
        this.suffix = "-" + instance;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Whether a run is one of this trainer's. */
    boolean wrote(TrainingRun run) {
        String name = run.getRun();
        return name.substring(Math.max(0, name.indexOf('-'))).equals(suffix);
    }

    /** Whether the version of a published run was seen in the stream. */
    static boolean isLive(TrainingRun run) {
        return run.getStep().startsWith(LIVE);
    }

    /** Begins a run. */
    TrainingRun begin(
            TrainedModel model, int champion, String trigger, ExampleRanges ranges, @Nullable Instant labelReceivedAt) {
        Instant now = now();
        TrainingRun run = TrainingRun.newBuilder()
                .setModel(model.model())
                .setRun(RUN_NAME.format(now) + suffix)
                .setPipeline(model.pipeline())
                .setChampion(champion)
                .setState(TrainingState.READING)
                .setStep("examples of " + ranges)
                .setTrigger(trigger)
                .setLabelReceivedAt(labelReceivedAt)
                .setStartedAt(now)
                .setUpdatedAt(now)
                .setRanges(ranges.ranges().stream()
                        .map(range -> new OffsetRange(range.partition(), range.from(), range.to()))
                        .toList())
                .build();
        return write(run);
    }

    /** Notes a step, if the last note is old enough or the state changes; the run as it is noted. */
    TrainingRun step(TrainingRun run, TrainingState state, String step, long done, long total) {
        boolean changed = run.getState() != state;
        if (!changed && now().toEpochMilli() - run.getUpdatedAt().toEpochMilli() < STEP_MILLIS) {
            return run;
        }
        TrainingRun next =
                changed(run, state).setStep(step).setDone(done).setTotal(total).build();
        if (changed) {
            log(next);
        }
        send(next);
        return next;
    }

    /** Ends a run without a version; the run as it ended. */
    TrainingRun end(TrainingRun run, TrainingState state, List<String> reasons) {
        return write(changed(run, state)
                .setStep("")
                .setVersion(null)
                .setReasons(reasons)
                .build());
    }

    /** Ends a run whose labels are still to be learned from. */
    TrainingRun endUnlearned(TrainingRun run, TrainingState state, String reason) {
        return end(TrainingRun.newBuilder(run).setRanges(List.of()).build(), state, List.of(reason));
    }

    /** A run that made a version; {@link #beside} writes it, and {@link #committed} says so. */
    TrainingRun published(TrainingRun run, int version) {
        return changed(run, TrainingState.PUBLISHED)
                .setStep("waiting for the stream")
                .setVersion(version)
                .build();
    }

    /** The record that goes out together with a version. */
    SideRecord beside(TrainingRun run) {
        return new SideRecord(TopicCatalogue.TRAINING_RUNS, RunHistory.key(run), codec.encode(run));
    }

    /** The publication is done. */
    static void committed(TrainingRun run) {
        log(run);
    }

    /** Notes that the stream scores with the version of a run; the run as it is noted. */
    TrainingRun live(TrainingRun run, Instant activatedAt) {
        Instant received = run.getLabelReceivedAt();
        String since = received == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.1f s after its newest label arrived",
                        (activatedAt.toEpochMilli() - received.toEpochMilli()) / 1e3);
        return write(changed(run, run.getState())
                .setStep(LIVE + "since " + activatedAt + since)
                .build());
    }

    private TrainingRun.Builder changed(TrainingRun run, TrainingState state) {
        return TrainingRun.newBuilder(run).setState(state).setUpdatedAt(now());
    }

    private TrainingRun write(TrainingRun run) {
        log(run);
        send(run);
        return run;
    }

    private void send(TrainingRun run) {
        try {
            producer.send(new ProducerRecord<>(
                            TopicCatalogue.TRAINING_RUNS,
                            0,
                            RunHistory.key(run).getBytes(StandardCharsets.UTF_8),
                            codec.encode(run)))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot record training run " + run.getRun() + ": " + e.getCause(), e.getCause());
        }
    }

    private static void log(TrainingRun run) {
        log.atInfo()
                .addKeyValue("model", run.getModel())
                .addKeyValue("run", run.getRun())
                .addKeyValue("state", run.getState())
                .addKeyValue("step", run.getStep())
                .addKeyValue("trigger", run.getTrigger())
                .addKeyValue("reasons", run.getReasons())
                .log("training run");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
