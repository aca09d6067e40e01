package io.millrace.cli.backtest;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.score.OwnPipeline;
import io.millrace.cli.score.ReplayListener;
import io.millrace.inference.bundle.Bundle;
import io.millrace.schemas.codec.Event;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.GateMetrics;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.round.Learners;
import io.millrace.trainer.round.LineageKeys;
import io.millrace.trainer.round.RoundOutcome;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.round.TrainingRound;
import io.millrace.trainer.service.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains while a file is played: whenever the policy says so, a round on the examples known by then, whose result the
 * stream serves before the next event is sent. Of the policy's triggers, a drop of the live metric is not looked at.
 *
 * <p>Threading: called by the replay's thread only, until the replay is over. Lifecycle: the pipeline and the examples
 * are the caller's.
 */
final class Walk implements ReplayListener {
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final TrainingConfig config;
    private final @Nullable Cut cut;
    private final Trigger trigger;
    private final OwnPipeline own;
    private final KnownExamples known;
    private final Consumer<VersionEntry> onEntry;
    private final List<VersionEntry> entries = new ArrayList<>();

    private Bundle first;
    private Bundle champion;
    private int version;
    private long sent;
    private int labelsSeen;
    private volatile long reachedMillis = Long.MIN_VALUE;
    private long lastRoundMillis = Long.MIN_VALUE;

    /**
     * When a first model is trained.
     *
     * @param timeMillis the first boundary from then on
     */
    record Cut(FirstModel firstModel, long timeMillis) {}

    /**
     * Prepares a walk.
     *
     * @param bundle that the stream serves already
     * @param version its number
     * @param cut null to walk on from the bundle
     * @param onEntry hears of each version and each round without one
     */
    Walk(
            TrainingConfig config,
            Bundle bundle,
            int version,
            OwnPipeline own,
            KnownExamples known,
            @Nullable Cut cut,
            Consumer<VersionEntry> onEntry) {
        this.config = config;
        this.trigger =
                new Trigger(config.every(), GateMetrics.name(config.gate().metric()));
        this.first = bundle;
        this.champion = bundle;
        this.version = version;
        this.own = own;
        this.known = known;
        this.cut = cut;
        this.onEntry = onEntry;
    }

    @Override
    public void sending(Event event, @Nullable String label) {
        sent++;
        if (label != null) {
            known.await(event.id(), event.timeMillis());
        }
        if (lastRoundMillis == Long.MIN_VALUE && cut == null) {
            lastRoundMillis = event.timeMillis();
        }
    }

    /** It is counted like the others, since it becomes a dead letter, which the pipeline counts too. */
    @Override
    public void sendingUnreadable() {
        sent++;
    }

    @Override
    public void reached(long timeMillis) throws InterruptedException {
        reachedMillis = timeMillis;
        if (cut != null && lastRoundMillis == Long.MIN_VALUE) {
            if (timeMillis >= cut.timeMillis()) {
                begin(cut.firstModel(), timeMillis);
            }
            return;
        }
        int labels = known.count(timeMillis);
        var standing = new Trigger.Standing(labels - labelsSeen, Instant.ofEpochMilli(lastRoundMillis), null, null);
        Optional<String> due = trigger.due(standing, Instant.ofEpochMilli(timeMillis));
        if (due.isPresent()) {
            round(timeMillis, due.get());
            labelsSeen = labels;
            lastRoundMillis = timeMillis;
        }
    }

    private void begin(FirstModel firstModel, long timeMillis) throws InterruptedException {
        ExampleSet examples = known.at(timeMillis);
        try {
            first = firstModel.of(examples);
        } catch (LearningException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        }
        serve(first, "first model of a backtest");
        labelsSeen = known.count(timeMillis);
        lastRoundMillis = timeMillis;
        add(new VersionEntry(
                Instant.ofEpochMilli(timeMillis).toString(),
                "first",
                version,
                null,
                "the cut",
                first.modelHash(),
                Map.of("training", (long) examples.size(), "positive", (long) examples.count(1)),
                Map.of(),
                List.of(),
                Map.of()));
    }

    private void round(long timeMillis, String due) throws InterruptedException {
        ExampleSet examples = known.at(timeMillis);
        RoundOutcome outcome;
        try {
            // A clock that stands still: the verdict must not depend on the machine.
            outcome = new TrainingRound(config, Learners.of(config, champion), () -> 0)
                    .run(champion, version, examples, source(timeMillis), RoundProgress.SILENT);
        } catch (LearningException failure) {
            throw new FailedException(
                    "the round at " + Instant.ofEpochMilli(timeMillis) + " failed: " + failure.getMessage(), failure);
        }
        int before = version;
        VersionEntry entry;
        if (outcome instanceof RoundOutcome.Accepted accepted) {
            serve(accepted.bundle(), "accepted in a backtest");
            entry = entry(timeMillis, "accepted", version, before, due, champion, accepted.gate(), outcome);
        } else if (outcome instanceof RoundOutcome.Refused refused) {
            entry = entry(timeMillis, "refused", null, before, due, refused.bundle(), refused.gate(), outcome);
        } else {
            String reason = outcome instanceof RoundOutcome.Postponed postponed ? postponed.reason() : "";
            entry = new VersionEntry(
                    Instant.ofEpochMilli(timeMillis).toString(),
                    "postponed",
                    null,
                    before,
                    due,
                    null,
                    outcome.counts().byName(),
                    Map.of(),
                    List.of(reason),
                    Map.of());
        }
        add(entry);
    }

    private void add(VersionEntry entry) {
        entries.add(entry);
        onEntry.accept(entry);
    }

    private static VersionEntry entry(
            long timeMillis,
            String verdict,
            @Nullable Integer version,
            int champion,
            String due,
            @Nullable Bundle bundle,
            GateReport gate,
            RoundOutcome outcome) {
        return new VersionEntry(
                Instant.ofEpochMilli(timeMillis).toString(),
                verdict,
                version,
                champion,
                due,
                bundle == null ? null : bundle.modelHash(),
                outcome.counts().byName(),
                gate.numbers(),
                gate.reasons(),
                LearnerNotes.of(bundle));
    }

    /** Waits until all that was sent is scored, so that the change of versions falls on this very event. */
    private void serve(Bundle bundle, String reason) throws InterruptedException {
        long sinceNanos = System.nanoTime();
        while (own.meters().scoredCount() + own.meters().deadCount() < sent) {
            if (own.hasFailed() || System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException(
                        "the stream scored only " + own.meters().scoredCount() + " of " + sent + " events");
            }
            Thread.sleep(1);
        }
        version = own.serve(bundle, reason);
        champion = bundle;
    }

    private Map<String, String> source(long timeMillis) {
        return Map.of(
                LineageKeys.SOURCE_TOPIC,
                known.topic(),
                "source-labels-until",
                Instant.ofEpochMilli(timeMillis).toString());
    }

    /** The model that the walk began with. */
    Bundle first() {
        return first;
    }

    /** The last boundary of the replay. */
    long reachedMillis() {
        return reachedMillis;
    }

    /** What was published, refused and put off. */
    List<VersionEntry> entries() {
        return List.copyOf(entries);
    }
}
