package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.ScoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of features, which the model runs over all at once.
 *
 * <p>Threading: as {@link Scorer} says.
 */
final class RowScorer implements Scorer {
    private static final Logger log = LoggerFactory.getLogger(RowScorer.class);

    private final ScoringProcessor.Settings settings;
    private final DecisionConfig decision;
    private final ScoreWriter writer;
    private final ScoreBatch batch;
    private final List<PendingRow> rows;
    private final UnscorableRows unscorable;
    private final String scoresTopic;
    private final String alertsTopic;
    private final @Nullable Snapshots snapshots;
    private @Nullable IllegalStateException failure;

    RowScorer(ScoringProcessor.Settings settings) {
        PipelineConfig pipeline = settings.pipeline();
        this.settings = settings;
        this.decision = pipeline.decision();
        this.writer = new ScoreWriter(pipeline, settings.features());
        this.batch = new ScoreBatch(pipeline.batch().rows(), settings.features().size(), settings.classes());
        this.rows = new ArrayList<>(pipeline.batch().rows());
        this.unscorable = new UnscorableRows(settings.deadLetters(), settings.inputTopic());
        LabelsConfig labels = pipeline.labels();
        this.snapshots = labels == null ? null : new Snapshots(labels, settings.shape(), settings.labelledEntities());
        this.scoresTopic = TopicCatalogue.scores(pipeline.name());
        this.alertsTopic = TopicCatalogue.alerts(pipeline.name());
    }

    @Override
    public void add(PendingRow row) {
        rows.add(row);
        batch.add(row.envelope().features());
    }

    @Override
    public boolean isFull() {
        return batch.isFull();
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public PendingRow first() {
        return rows.get(0);
    }

    @Override
    public void clear() {
        rows.clear();
        batch.clear();
        failure = null;
    }

    @Override
    public void prepare(LoadedModel model) {
        // The features were put into the batch as they came.
    }

    @Override
    public long run(LoadedModel model) {
        long startNanos = settings.nanoClock().getAsLong();
        try {
            model.score(batch);
        } catch (IllegalStateException e) {
            failure = e;
        }
        long tookNanos = settings.nanoClock().getAsLong() - startNanos;
        if (failure == null) {
            settings.meters().batch(rows.size(), tookNanos);
        }
        return tookNanos;
    }

    @Override
    public void emit(LoadedModel model, ProcessorContext<byte[], Flow> out) {
        IllegalStateException failed = failure;
        if (failed != null) {
            scoreOneByOne(out, model, failed);
            return;
        }
        Instant now = settings.clock().instant();
        double threshold = decision.thresholdOf(model.manifest());
        for (int i = 0; i < rows.size(); i++) {
            emit(out, model, threshold, rows.get(i), i, now);
        }
    }

    /** A row that the model cannot run takes no other row with it. */
    private void scoreOneByOne(ProcessorContext<byte[], Flow> out, LoadedModel model, IllegalStateException failed) {
        log.atWarn()
                .addKeyValue("model", model.ref())
                .addKeyValue("rows", rows.size())
                .setCause(failed)
                .log("a batch failed and is scored row by row");
        Instant now = settings.clock().instant();
        double threshold = decision.thresholdOf(model.manifest());
        for (PendingRow row : rows) {
            batch.clear();
            batch.add(row.envelope().features());
            try {
                model.score(batch);
            } catch (IllegalStateException e) {
                reject(out, row, String.valueOf(e.getMessage()));
                continue;
            }
            emit(out, model, threshold, row, 0, now);
        }
    }

    private void emit(
            ProcessorContext<byte[], Flow> out,
            LoadedModel model,
            double threshold,
            PendingRow row,
            int index,
            Instant now) {
        double probability = batch.probability(index, settings.classes() - 1);
        if (Double.isNaN(probability) || Double.isInfinite(probability)) {
            reject(out, row, model.ref() + " gave " + probability);
            return;
        }
        byte[] score = writer.score(model, threshold, row, batch, index, now);
        settings.meters().scored();
        out.forward(row.outgoing(scoresTopic, score));
        if (probability >= threshold) {
            settings.meters().alert();
            out.forward(row.outgoing(alertsTopic, score));
        }
        if (snapshots != null) {
            ScoredEvent event = snapshots.of(row, probability, threshold, model.ref());
            out.forward(row.record()
                    .withKey(event.eventId().getBytes(StandardCharsets.UTF_8))
                    .withValue(event));
        }
    }

    private void reject(ProcessorContext<byte[], Flow> out, PendingRow row, String reason) {
        out.forward(unscorable.letter(
                row, reason + " for features " + Arrays.toString(row.envelope().features())));
    }
}
