package io.millrace.bench.command;

import io.millrace.bench.LabelToLive;
import io.millrace.bench.LabelToLiveBenchmark;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.result.SaveOption;
import io.millrace.bench.training.LearnerBenchmark;
import io.millrace.bench.training.LearnerLine;
import io.millrace.bench.training.SimulatedExamples;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.learn.LearningException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast models are trained. */
@Command(
        name = "training",
        description = {
            "Measures how many examples a second each learner takes in: boosted trees and a small network on simulated"
                    + " transactions, a text encoder of 33 million weights on made-up texts, its head, its last two"
                    + " blocks and all of it.",
            "Then runs broker, stream and trainer once, and splits the seconds from a label to the first score by the"
                    + " version it led to into steps."
        },
        footer = {
            "  millrace bench training",
            "  millrace bench training --small --examples 20000 --texts 64 --rounds 1 --json"
        })
final class BenchTrainingCommand implements Runnable {
    private static final String EXPLANATION = """
            Medians of %d rounds, the learners by turns after a warm-up. EXAMPLES A SECOND: from the champion's bytes to
            the candidate's, exported and compared with ONNX Runtime. PASSES A SECOND: examples times passes over the
            time in which it learned; a pass of the trees learner is one more tree. PREPARING: reading, and of a frozen
            part what is computed once for each text.

            """;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Transactions that trees and network learn from. Default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "512",
            description =
                    "Texts that head and last blocks learn from, all of the encoder from a fourth of them. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int texts;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            defaultValue = "60000",
            description =
                    "Transactions that are scored and labelled on the way to live; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
    private int transactions;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--small", description = "Takes a tiny encoder instead, to try the command.")
    private boolean small;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (examples < 1_000) {
            throw new WrongUseException("--examples must be at least 1000, was " + examples);
        }
        Measured measured = new InFolder(spec).run(this::measure);
        PrintWriter out = spec.commandLine().getOut();
        LabelToLive way = measured.way();
        if (json.json()) {
            Listing.printJson(out, measured.facts());
        } else {
            print(out, measured.learners());
            if (way != null) {
                BenchLabelToLiveCommand.print(out, way, transactions);
            }
        }
        out.flush();
        save.save(measured.facts());
    }

    /** @param way null where it was left out */
    private record Measured(
            List<LearnerLine> learners, @Nullable LabelToLive way) {
        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("learners", learners);
            if (way != null) {
                facts.put("labelToLiveSeconds", way.seconds());
                facts.put("labelToLiveSteps", way.steps());
            }
            return facts;
        }
    }

    /** Both are made before either runs, so that what cannot be measured is refused at once. */
    private Measured measure(Path folder) throws LearningException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        LearnerBenchmark learners = Asked.of(this::learners);
        LabelToLiveBenchmark way = transactions == 0
                ? null
                : Asked.of(() -> new LabelToLiveBenchmark(transactions, folder, new InFolder(spec).steps()));
        List<LearnerLine> lines;
        try (Progress progress =
                new Progress(err, "learnings", learners.steps(), Progress.isTerminal(), System::nanoTime)) {
            lines = learners.run(progress::at);
        }
        return new Measured(lines, way == null ? null : way.run());
    }

    private LearnerBenchmark learners() {
        Bundle trees = StatefulFraud.bundle();
        FeatureSet features = Objects.requireNonNull(trees.manifest().featureSet(), "the fraud model has features");
        EncoderTemplate encoder = small ? new EncoderTemplate(4, 32, 4, 64, 500, 64, 0) : EncoderTemplate.small(0);
        return new LearnerBenchmark(
                trees, SimulatedExamples.of(features, examples), encoder, texts, rounds, System::nanoTime);
    }

    private void print(PrintWriter out, List<LearnerLine> lines) {
        Listing listing = Listing.of(
                "learner",
                "trainable",
                "examples",
                "passes",
                "examples_a_second",
                "passes_a_second",
                "preparing_s",
                "learning_s",
                "export_s",
                "parity");
        lines.forEach(line -> listing.add(
                line.learner(),
                line.trainable(),
                line.examples(),
                line.passes(),
                Math.round(line.examplesPerSecond().median()),
                Math.round(line.passesPerSecond()),
                rounded(line.preparingSeconds()),
                rounded(line.learningSeconds()),
                rounded(line.exportSeconds()),
                line.parity()));
        listing.print(out, false, "");
        out.printf("%n" + EXPLANATION, rounds);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1_000) / 1_000.0;
    }
}
