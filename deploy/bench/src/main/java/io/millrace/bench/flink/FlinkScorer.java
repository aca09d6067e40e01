package io.millrace.bench.flink;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.StatelessFeatures;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.MalformedEventException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * From the bytes of events to the bytes of their scores, with the stream's own codecs and the same session settings, so
 * that what is compared is how records are run and nothing else. Rows wait until they are drained.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a native session until {@link #close}.
 */
final class FlinkScorer implements AutoCloseable {
    private final LoadedModel model;
    private final StatelessFeatures features;
    private final EventCodec codec;
    private final ScoreBatch batch;
    private final double[] row;
    private final InstantSource clock = Clock.systemUTC();
    private final SingleObject<Score> scores = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(InputRow row, Event event) {}

    private FlinkScorer(LoadedModel model, FeatureSet featureSet, int batchRows) {
        this.model = model;
        this.features = new StatelessFeatures(featureSet);
        this.codec = ArenaInput.of(model.manifest()).codec();
        this.batch = model.newBatch(batchRows);
        this.row = new double[featureSet.size()];
    }

    /** Loads the model of a run. */
    static FlinkScorer open(FlinkRun run) throws ModelRefusedException {
        Bundle bundle = BundleFolder.read(Path.of(run.model()));
        Manifest manifest = bundle.manifest();
        FeatureSet featureSet = manifest.featureSet();
        if (featureSet == null || !featureSet.entities().isEmpty()) {
            throw new IllegalArgumentException("model '" + manifest.name()
                    + "' needs more than the event itself: the Flink peer runs models of stateless features");
        }
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, run.batchRows());
        return new FlinkScorer(loader.load(new ModelRef(manifest.name(), 1), bundle), featureSet, run.batchRows());
    }

    void add(InputRow input) throws MalformedEventException {
        Event event = codec.decode(input.value);
        features.fill(event.timeMillis(), event.numbers(), row);
        batch.add(row);
        waiting.add(new Waiting(input, event));
    }

    boolean isFull() {
        return batch.isFull();
    }

    /** Scores what waits, and hands out the scores in the order in which the rows came. */
    void drain(Consumer<ScoredRow> out) {
        if (waiting.isEmpty()) {
            return;
        }
        model.score(batch);
        Instant now = clock.instant();
        for (int i = 0; i < waiting.size(); i++) {
            Waiting scored = waiting.get(i);
            ScoredRow result = new ScoredRow();
            result.key = scored.row().key;
            result.value = scores.encode(score(scored, i, now));
            result.timestampMillis = scored.row().timestampMillis;
            out.accept(result);
        }
        waiting.clear();
        batch.clear();
    }

    private Score score(Waiting scored, int index, Instant now) {
        Manifest manifest = model.manifest();
        double negative = batch.probability(index, 0);
        double positive = batch.probability(index, 1);
        return new Score(
                scored.event().id(),
                Instant.ofEpochMilli(scored.event().timeMillis()),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                positive,
                List.of(negative, positive),
                manifest.classes().get(positive >= manifest.threshold() ? 1 : 0),
                manifest.threshold(),
                List.of(),
                null,
                scored.row().partition,
                scored.row().offset,
                scored.row().partition,
                scored.row().offset,
                now,
                null,
                null,
                false,
                List.of(),
                null);
    }

    @Override
    public void close() {
        model.close();
    }
}
