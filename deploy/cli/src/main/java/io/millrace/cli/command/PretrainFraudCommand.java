package io.millrace.cli.command;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.trainer.data.HandbookWeek;
import io.millrace.trainer.pretrain.FraudPretraining;
import io.millrace.trainer.pretrain.FraudQuality;
import io.millrace.trainer.pretrain.HandbookEvaluation;
import io.millrace.trainer.pretrain.Pretrained;
import io.millrace.trainer.pretrain.PretrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the fraud model on a file of past transactions, and says how good it is. */
@Command(
        name = "fraud",
        description = {
            "Trains boosted trees on past card transactions and writes them as a model bundle. The file has the columns"
                    + " of the fraud detection handbook, in the order of time, as 'millrace simulate transactions'"
                    + " writes it. Labels are used as late as they come in life."
        },
        footer = {
            "  millrace pretrain fraud --input transactions.csv.gz --out my-fraud-model",
            "  millrace pretrain fraud --input transactions.csv.gz --out my-fraud-model --evaluate other.csv.gz",
            "  millrace pretrain fraud --input transactions.csv.gz --out fifteen --features handbook-15"
        })
final class PretrainFraudCommand implements Callable<Integer> {

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "Past transactions with labels: CSV, compressed if the name ends in .gz.")
    private Path input;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder that the bundle is written to.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Same file and seed, same bytes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--features",
            paramLabel = "SET",
            defaultValue = FeatureSets.FRAUD,
            description = "What the model looks at: " + FeatureSets.FRAUD + " or " + FeatureSets.HANDBOOK
                    + ". Default: ${DEFAULT-VALUE}.")
    private String features;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = PretrainingSettings.FRAUD_MODEL,
            description = "Name of the model. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--training-days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Learn from at most so many days, the newest that can be. Default: ${DEFAULT-VALUE}.")
    private int trainingDays;

    @Option(
            names = "--hold-out-days",
            paramLabel = "N",
            defaultValue = "14",
            description = "Judge on so many days at the end of the file. Default: ${DEFAULT-VALUE}.")
    private int holdOutDays;

    @Option(
            names = "--warm-up-days",
            paramLabel = "N",
            defaultValue = "37",
            description = "Days at the start that only fill the windows. Default: ${DEFAULT-VALUE}.")
    private int warmUpDays;

    @Option(
            names = "--evaluate",
            paramLabel = "FILE",
            description = "Also judge the model on another file by the handbook's protocol.")
    private @Nullable Path evaluate;

    @Option(
            names = "--evaluate-from",
            paramLabel = "DATE",
            description = "First day of that protocol's training week; the test week begins 14 days later."
                    + " Default: 2018-07-25.")
    private @Nullable LocalDate evaluateFrom;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireFile(input);
        if (evaluate != null) {
            requireFile(evaluate);
        }
        PretrainingSettings settings = settings();
        Listing listing = Listing.of("judged on", "rows", "frauds", "AUC", "AP", "CP@100");
        try (StepProgress progress = new StepProgress(spec.commandLine().getErr())) {
            Pretrained pretrained = new FraudPretraining(settings, progress).run(input);
            BundleFolder.write(out, pretrained.bundle());
            add(listing, "hold-out of " + input.getFileName(), pretrained.holdOut());
            if (evaluate != null) {
                LocalDate start = evaluateFrom == null ? HandbookWeek.BASELINE_START : evaluateFrom;
                HandbookEvaluation.Outcome outcome =
                        new HandbookEvaluation(settings, start).run(pretrained.bundle(), evaluate, progress);
                add(listing, "test week of " + evaluate.getFileName(), outcome.model());
                add(listing, "the same, by trees of its own training week", outcome.yardstick());
            }
        } catch (IllegalArgumentException unusable) {
            throw new FailedException(String.valueOf(unusable.getMessage()), unusable);
        }
        listing.print(spec.commandLine().getOut(), json.json(), "");
        spec.commandLine().getErr().println("wrote the bundle to " + out);
        return ExitCode.OK;
    }

    private PretrainingSettings settings() {
        try {
            return PretrainingSettings.standard(FeatureSets.named(features), seed)
                    .withModel(name)
                    .withDays(warmUpDays, trainingDays, holdOutDays);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new WrongUseException("there is no file " + file
                    + " that can be read; 'millrace simulate transactions --out " + file + "' makes one up");
        }
    }

    private static void add(Listing listing, String judgedOn, FraudQuality quality) {
        listing.add(
                judgedOn,
                quality.rows(),
                quality.frauds(),
                number(quality.rocAuc()),
                number(quality.averagePrecision()),
                number(quality.cardPrecisionAt100()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
