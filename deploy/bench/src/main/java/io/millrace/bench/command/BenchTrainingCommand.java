package io.millrace.bench.command;

import io.millrace.bench.LabelToLive;
import io.millrace.bench.LabelToLiveBenchmark;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.result.SaveOption;
import io.millrace.bench.training.LearnerBenchmark;
import io.millrace.bench.training.LearnerLine;
import io.millrace.bench.training.SimulatedExamples;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
final class BenchTrainingCommand implements Callable<Integer> {
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
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (examples < 1_000) {
            throw new WrongUseException("--examples must be at least 1000, was " + examples);
        }
        List<LearnerLine> lines = learners();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("learners", lines);
        LabelToLive way = null;
        if (transactions > 0) {
            way = labelToLive();
            result.put("labelToLiveSeconds", way.seconds());
            result.put("labelToLiveSteps", way.steps());
        }
        if (json.json()) {
            Listing.printJson(out, result);
        } else {
            print(out, lines);
            if (way != null) {
                BenchLabelToLiveCommand.print(out, way, transactions);
            }
        }
        out.flush();
        save.save(result);
        return 0;
    }

    private List<LearnerLine> learners() {
        PrintWriter err = spec.commandLine().getErr();
        Bundle trees = StatefulFraud.bundle();
        FeatureSet features = Objects.requireNonNull(trees.manifest().featureSet(), "the fraud model has features");
        EncoderTemplate encoder = small ? new EncoderTemplate(4, 32, 4, 64, 500, 64, 0) : EncoderTemplate.small(0);
        LearnerBenchmark benchmark;
        try {
            benchmark = new LearnerBenchmark(
                    trees, SimulatedExamples.of(features, examples), encoder, texts, rounds, System::nanoTime);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
        try (Progress progress =
                new Progress(err, "learnings", benchmark.steps(), Progress.isTerminal(), System::nanoTime)) {
            return benchmark.run(progress::at);
        } catch (LearningException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private LabelToLive labelToLive() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-training")) {
            LabelToLiveBenchmark benchmark;
            try {
                benchmark = new LabelToLiveBenchmark(transactions, folder.path(), err::println);
            } catch (IllegalArgumentException impossible) {
                throw new WrongUseException(String.valueOf(impossible.getMessage()));
            }
            return benchmark.run();
        }
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
