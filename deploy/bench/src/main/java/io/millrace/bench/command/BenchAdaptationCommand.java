package io.millrace.bench.command;

import io.millrace.bench.AdaptationBenchmark;
import io.millrace.bench.AdaptationLine;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.config.GateMetric;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.LearnerKind;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What labels of a new domain gain, and what they cost on the first one. */
@Command(
        name = "adaptation",
        description = {
            "Teaches a model of texts a new domain, as the trainer does, gate included: how good it is on that domain"
                    + " before and after so many labels, judged on the rest of the file, and what it lost on the domain"
                    + " that it was first made for.",
            "Lines are a label, a tab and a text; the least label is negative, the greatest positive, others are left"
                    + " out."
        },
        footer = {
            "  millrace bench adaptation --domain reviews.tsv.gz",
            "  millrace bench adaptation --domain tweets.tsv.gz --labels 200,500,1000 --old sst2_dev.tsv.gz --json"
        })
final class BenchAdaptationCommand implements Runnable {

    @Option(names = "--domain", required = true, paramLabel = "FILE", description = "Texts of the new domain.")
    private String domain = "";

    @Option(
            names = "--labels",
            paramLabel = "N",
            split = ",",
            defaultValue = "200,1000",
            description = "After how many labels a round runs. Default: ${DEFAULT-VALUE}.")
    private List<Integer> labels = List.of();

    @Option(names = "--old", paramLabel = "FILE", description = "Texts of the first domain that nothing learned from.")
    private @Nullable String old;

    @Option(
            names = "--bundle",
            paramLabel = "FOLDER",
            defaultValue = "deploy/models/sentiment",
            description = "The model. Default: ${DEFAULT-VALUE}.")
    private Path bundle = Path.of("");

    @Option(
            names = "--gradient",
            paramLabel = "YAML",
            defaultValue = "{}",
            description = "Settings of the learner, as in a configuration: {pull: 0.1}. Default: those of the trainer.")
    private String gradient = "";

    @Option(
            names = "--judged",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "At most so many of the texts without a label judge. Default: ${DEFAULT-VALUE}.")
    private int judged;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the order of the texts, and of all chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            print(benchmark().run(step -> {
                err.println(step);
                err.flush();
            }));
        } catch (LearningException | BundleException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private AdaptationBenchmark benchmark() {
        if (labels.isEmpty()
                || labels.get(0) < 20
                || !labels.stream().sorted().distinct().toList().equals(labels)) {
            throw new WrongUseException("--labels must be rising numbers from 20 on, were " + labels);
        }
        if (judged < 1) {
            throw new WrongUseException("--judged must be at least 1, was " + judged);
        }
        try {
            return new AdaptationBenchmark(BundleFolder.read(bundle), config(), labels, judged, domain, old);
        } catch (IllegalArgumentException | ConfigException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        } catch (IOException e) {
            throw new FailedException("a file cannot be read: " + e.getMessage(), e);
        }
    }

    /** Small windows are judged too: here it is to be seen what the gate says of them. */
    private TrainingConfig config() {
        return TrainingConfig.of(
                "sentiment",
                LearnerKind.GRADIENT,
                null,
                WindowConfig.of(null, null, null, null, 2, 1),
                GateConfig.of(GateMetric.ACCURACY, null, null, null, null, null, null, 1_000.0),
                null,
                StrictYaml.read(gradient, GradientConfig.class, "--gradient"),
                seed);
    }

    private void print(List<AdaptationLine> lines) {
        Listing listing = Listing.of(
                "labels",
                "verdict",
                "accuracy",
                "balanced_accuracy",
                "floor_accuracy",
                "old_accuracy",
                "old_balanced_accuracy",
                "reasons");
        lines.forEach(line -> listing.add(
                line.labels(),
                line.verdict(),
                rounded(line.accuracy()),
                rounded(line.balancedAccuracy()),
                rounded(line.floorAccuracy()),
                rounded(line.oldAccuracy()),
                rounded(line.oldBalancedAccuracy()),
                line.reasons()));
        listing.print(spec.commandLine().getOut(), json.json(), "");
        save.save(lines);
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.round(value * 10_000) / 10_000.0;
    }
}
