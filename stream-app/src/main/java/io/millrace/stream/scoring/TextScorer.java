package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.text.TextDecision;
import io.millrace.inference.text.Tokens;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.feed.FeedItems;
import io.millrace.stream.swap.ModelLease;
import io.millrace.stream.swap.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Texts, of which each is read once and equal ones are asked about once. A text is read when it comes, by the version
 * that scores then; should another one score the batch, it reads all again.
 *
 * <p>Threading: as {@link Scorer} says. Lifecycle: what waits is bounded by rows, tokens and characters.
 */
final class TextScorer implements Scorer {
    /** A batch gathers the tokens of so many runs, so that there is something to group by length. */
    private static final int RUNS = 32;

    /** However few tokens they have, so many characters are enough to hold in memory. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final ScoringProcessor.Settings settings;
    private final ModelSlot slot;
    private final DecisionConfig decision;
    private final TextScoreWriter writer;
    private final AnswerCache cache;
    private final TextRuns runs;
    private final UnscorableRows unscorable;
    private final String scoresTopic;
    private final @Nullable Snapshots snapshots;
    private final boolean hasFeed;
    private final FeedItems feedItems;
    private final BatchConfig limits;
    private final List<Waiting> rows = new ArrayList<>();
    private final Map<String, AskedText> asked = new LinkedHashMap<>();
    private final List<AskedText> open = new ArrayList<>();
    private long tokens;
    private long characters;

    private record Waiting(PendingRow row, AskedText text) {}

    /** @param cache of the task, which its batches share */
    TextScorer(ScoringProcessor.Settings settings, ModelSlot slot, AnswerCache cache) {
        PipelineConfig pipeline = settings.pipeline();
        this.settings = settings;
        this.slot = slot;
        this.limits = pipeline.batch();
        this.decision = pipeline.decision();
        this.writer = new TextScoreWriter(pipeline);
        this.cache = cache;
        this.runs = new TextRuns(limits.tokens(), settings.classes(), settings.nanoClock(), settings.meters());
        this.unscorable = new UnscorableRows(settings.deadLetters(), settings.inputTopic());
        this.scoresTopic = TopicCatalogue.scores(pipeline.name());
        LabelsConfig labels = pipeline.labels();
        this.snapshots = labels == null ? null : new Snapshots(labels, settings.shape(), settings.labelledEntities());
        this.hasFeed = pipeline.feed() != null;
        this.feedItems = new FeedItems(settings.meters().feed());
    }

    @Override
    public void add(PendingRow row) {
        String text = Objects.requireNonNull(row.envelope().event().text(), "an event of texts has one");
        AskedText same = asked.get(text);
        if (same == null) {
            same = new AskedText(text);
            try (ModelLease lease = slot.lease()
                    .orElseThrow(() -> new IllegalStateException("no model in the slot: a pipeline starts with one"))) {
                same.read(lease.model(), cache);
            }
            asked.put(text, same);
            Tokens read = same.unanswered();
            tokens += read == null ? 0 : read.length();
            characters += text.length();
        }
        rows.add(new Waiting(row, same));
    }

    @Override
    public boolean isFull() {
        return rows.size() >= limits.rows() || tokens >= (long) RUNS * limits.tokens() || characters >= MOST_CHARACTERS;
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public PendingRow first() {
        return rows.get(0).row();
    }

    @Override
    public void clear() {
        rows.clear();
        asked.clear();
        open.clear();
        tokens = 0;
        characters = 0;
    }

    @Override
    public void prepare(LoadedModel model) {
        open.clear();
        for (AskedText text : asked.values()) {
            text.read(model, cache);
            if (text.unanswered() != null) {
                open.add(text);
            }
        }
        settings.meters().texts().repeated(readable() - open.size());
    }

    @Override
    public long run(LoadedModel model) {
        long startNanos = settings.nanoClock().getAsLong();
        runs.run(model, open);
        return settings.nanoClock().getAsLong() - startNanos;
    }

    @Override
    public void emit(LoadedModel model, ProcessorContext<byte[], Flow> out) {
        for (AskedText text : open) {
            TextAnswer answer = text.answer();
            if (answer != null) {
                cache.keep(model.ref(), text.text(), answer);
            }
        }
        Instant now = settings.clock().instant();
        double threshold = decision.thresholdOf(model.manifest());
        for (Waiting waiting : rows) {
            TextAnswer answer = waiting.text().answer();
            if (answer == null) {
                out.forward(unscorable.letter(waiting.row(), waiting.text().failure()));
            } else {
                emit(out, model, threshold, waiting.row(), answer, now);
            }
        }
    }

    private int readable() {
        int readable = 0;
        for (Waiting waiting : rows) {
            readable += waiting.text().hasFailed() ? 0 : 1;
        }
        return readable;
    }

    private void emit(
            ProcessorContext<byte[], Flow> out,
            LoadedModel model,
            double threshold,
            PendingRow row,
            TextAnswer answer,
            Instant now) {
        settings.meters().scored();
        if (answer.truncated()) {
            settings.meters().texts().truncated();
        }
        int label = TextDecision.label(answer.probabilities(), threshold);
        out.forward(row.outgoing(scoresTopic, writer.score(model, threshold, label, row, answer, now)));
        if (snapshots != null) {
            ScoredEvent event = snapshots.ofText(row, answer, threshold, label, model.ref());
            out.forward(row.record()
                    .withKey(event.eventId().getBytes(StandardCharsets.UTF_8))
                    .withValue(event));
        }
        if (hasFeed) {
            forwardToFeed(out, model, row, answer, label);
        }
    }

    private void forwardToFeed(
            ProcessorContext<byte[], Flow> out, LoadedModel model, PendingRow row, TextAnswer answer, int label) {
        FeedItem item = feedItems.of(
                row.envelope().event(), answer.signedScore(), label, model.ref().version());
        if (item != null) {
            out.forward(row.record().withValue(item));
        }
    }
}
