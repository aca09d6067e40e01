package io.millrace.bench;

import io.millrace.cli.history.CommittedLog;
import io.millrace.cli.output.FailedException;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.round.RoundProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes when the trainer begins each step of a round, and finds in the topics what came before and after it: when the
 * label arrived, and when the stream heard of the version, had it loaded, and first scored with it.
 *
 * <p>Threading: told of steps by the trainer's thread, asked by another when the round is over.
 */
final class RoundWatch implements RoundProgress {
    private static final String LEARNING = "learning";
    private static final String JUDGING = "scoring the hold-out";

    private final Clock clock;
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    RoundWatch(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void at(Stage stage, String step, long done, long total) {
        Instant now = clock.instant();
        if (stage == Stage.LEARNING) {
            begun.putIfAbsent(LEARNING, now);
        }
        begun.putIfAbsent(step, now);
    }

    /** The way of a pipeline's label to the stream, from what is in the topics now. */
    LabelToLive way(Map<String, Object> kafka, String pipeline) {
        TrainingRun run = published(kafka);
        int version = Objects.requireNonNull(run.getVersion(), "a published run has a version");
        Instant noticed = status(kafka, version, ModelState.LOADING);
        Instant loaded = status(kafka, version, ModelState.ACTIVE);
        Instant scored = firstScored(kafka, pipeline, version);
        List<LabelToLive.Step> steps = new ArrayList<>();
        Instant at = Objects.requireNonNull(run.getLabelReceivedAt(), "the run had labels");
        LabelToLive.Ruler ruler = new LabelToLive.Ruler(at, steps);
        ruler.until("intake: the label joined, committed and read by the trainer, the round due", run.getStartedAt());
        ruler.until("read: the champion from the registry, examples split by time", begun(LEARNING));
        ruler.until("learn", begun(LearningProgress.COMPARING));
        ruler.until("export, and parity with ONNX Runtime", begun(JUDGING));
        ruler.until("gate: both models on the hold-out, bootstrap, speed", begun(RoundProgress.COMPLETING));
        ruler.until("complete: threshold, golden samples, trial load", begun(RoundProgress.PUBLISHING));
        ruler.until("publish, until the stream has heard of it", noticed);
        ruler.until("load, verify and warm up off the record path", loaded);
        ruler.until("first score", scored);
        return new LabelToLive(ruler.seconds(), steps);
    }

    private Instant begun(String step) {
        Instant found = begun.get(step);
        if (found == null) {
            throw new FailedException("the round never came to '" + step + "'; it did " + begun.keySet());
        }
        return found;
    }

    private static TrainingRun published(Map<String, Object> kafka) {
        SingleObject<TrainingRun> codec = SingleObject.of(TrainingRun.class, SchemaStore.ofOwn());
        return last(
                read(kafka, TopicCatalogue.TRAINING_RUNS, codec).stream()
                        .filter(run -> run.getState() == TrainingState.PUBLISHED)
                        .toList(),
                "a published run");
    }

    private static Instant status(Map<String, Object> kafka, int version, ModelState state) {
        SingleObject<ModelStatus> codec = SingleObject.of(ModelStatus.class, SchemaStore.ofOwn());
        return last(
                        read(kafka, TopicCatalogue.MODEL_STATUS, codec).stream()
                                .filter(status -> status.getVersion() == version && status.getState() == state)
                                .toList(),
                        "the status " + state + " of version " + version)
                .getAt();
    }

    private static Instant firstScored(Map<String, Object> kafka, String pipeline, int version) {
        SingleObject<Activation> codec = SingleObject.of(Activation.class, SchemaStore.ofOwn());
        return read(kafka, TopicCatalogue.activations(pipeline), codec).stream()
                .filter(activation -> activation.getVersion() == version)
                .map(Activation::getActivatedAt)
                .min(Instant::compareTo)
                .orElseThrow(() -> new FailedException("no score by version " + version));
    }

    private static <T> T last(List<T> found, String what) {
        if (found.isEmpty()) {
            throw new FailedException("the topics have no record of " + what);
        }
        return found.get(found.size() - 1);
    }

    private static <T extends org.apache.avro.specific.SpecificRecordBase> List<T> read(
            Map<String, Object> kafka, String topic, SingleObject<T> codec) {
        List<T> found = new ArrayList<>();
        try (CommittedLog log = new CommittedLog(kafka)) {
            long unused = log.readAll(List.of(topic), each -> {
                byte @Nullable [] value = each.value();
                if (value != null) {
                    found.add(codec.decode(value));
                }
            });
        }
        return found;
    }
}
