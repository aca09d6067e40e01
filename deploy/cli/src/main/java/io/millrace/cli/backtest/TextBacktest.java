package io.millrace.cli.backtest;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.score.OwnPipeline;
import io.millrace.cli.score.ReplayListener;
import io.millrace.cli.score.ReplayRun;
import io.millrace.cli.score.ScoreProgress;
import io.millrace.cli.score.ScoreSummary;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.config.StrictYaml;
import io.millrace.schemas.codec.Event;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.trainer.round.Learners;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a file of labelled texts through the production topology, with late labels and rounds of training, and reports
 * what came of it.
 *
 * <p>Threading: a run works on the caller's thread and starts one that sends. Lifecycle: everything it starts ends with
 * it; its folder is the caller's to remove.
 */
public final class TextBacktest {
    private static final Duration BLOCK = Duration.ofDays(1);

    private final TextBacktestRequest request;
    private final PipelineConfig pipeline;
    private final Manifest manifest;
    private final ScoreProgress progress;
    private final Consumer<String> step;
    private final TextLog log;
    private final List<TextVersion> versions = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param step hears in words what is being done
     */
    public TextBacktest(TextBacktestRequest request, ScoreProgress progress, Consumer<String> step) {
        this.request = request;
        this.pipeline = request.pipeline().withScoreFormat(ScoreFormat.AVRO);
        this.manifest = request.bundle().manifest();
        this.progress = progress;
        this.step = step;
        this.log = new TextLog(manifest.classes());
    }

    /** Plays the file, training as it goes. */
    public TextReport run() throws IOException, InterruptedException {
        ScoreSummary summary;
        int version;
        try (OwnPipeline own = OwnPipeline.start(pipeline, request.stream(), request.folder())) {
            version = own.serve(request.bundle(), "backtest");
            try (KnownExamples known = new KnownExamples(
                    own.kafka(),
                    pipeline.name(),
                    manifest,
                    request.training().window().span(),
                    request.labelsAfter())) {
                Walk walk = new Walk(request.training(), request.bundle(), version, own, known, null, this::noted);
                summary = new ReplayRun(own, plan()).run(log::scored, new Hearing(walk), progress);
            }
        }
        List<TextLog.Row> rows = log.rows();
        if (rows.isEmpty()) {
            throw new FailedException(request.input() + " has no text with a label that counts: does it need --tsv?");
        }
        TextJudgement judgement = new TextJudgement(manifest.classes().size(), rows, fixed(rows, version));
        return new TextReport(
                setting(summary, rows.size()),
                judgement.folds(request.windowEvents()),
                judgement.overall(),
                List.copyOf(versions));
    }

    /** Where the first model was still the stream's, it has answered already. */
    private List<TextAnswer> fixed(List<TextLog.Row> rows, int first) {
        List<String> others = rows.stream()
                .filter(row -> row.version() != first)
                .map(TextLog.Row::text)
                .toList();
        step.accept(String.format(Locale.ROOT, "asking the first model about %,d texts", others.size()));
        Iterator<TextAnswer> answers = new StaticAnswers(
                        request.bundle(),
                        pipeline.precision(),
                        pipeline.decision().thresholdOf(manifest))
                .of(others)
                .iterator();
        return rows.stream()
                .map(row -> row.version() == first ? row.answer() : answers.next())
                .toList();
    }

    private void noted(VersionEntry entry) {
        versions.add(TextVersion.of(entry, log.sent()));
        step.accept(entry.inWords("after text " + log.sent()));
    }

    private ReplayRun.Plan plan() {
        return new ReplayRun.Plan(
                pipeline,
                manifest,
                request.input(),
                request.layout(),
                request.labelValues(),
                request.labelsAfter(),
                BLOCK,
                Long.MAX_VALUE);
    }

    private TextSetting setting(ScoreSummary summary, int judged) {
        return new TextSetting(
                pipeline.name(),
                manifest.name(),
                manifest.classes(),
                String.valueOf(Path.of(request.input()).getFileName()),
                summary.sent(),
                summary.dead(),
                judged,
                request.labelsAfterText(),
                request.windowEvents(),
                pipeline.precision().name().toLowerCase(Locale.ROOT),
                Learners.of(request.training(), request.bundle()).name(),
                StrictYaml.write(request.training()));
    }

    /** Tells the log and the walk of what is sent. */
    private final class Hearing implements ReplayListener {
        private final Walk walk;

        Hearing(Walk walk) {
            this.walk = walk;
        }

        @Override
        public void sending(Event event, @Nullable String label) {
            log.sending(event, label);
            walk.sending(event, label);
        }

        @Override
        public void sendingUnreadable() {
            log.sendingUnreadable();
            walk.sendingUnreadable();
        }

        @Override
        public void reached(long timeMillis) throws InterruptedException {
            walk.reached(timeMillis);
        }
    }
}
