package io.millrace.cli.command;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.trainer.gradient.CheckpointFolder;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.pretrain.PretrainedSentiment;
import io.millrace.trainer.pretrain.SentimentFigures;
import io.millrace.trainer.pretrain.SentimentPretraining;
import io.millrace.trainer.pretrain.SentimentSettings;
import io.millrace.trainer.pretrain.TextQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tunes the sentiment model on labelled sentences, and says how good it is. */
@Command(
        name = "sentiment",
        description = {
            "Tunes a small English text encoder on labelled sentences and writes what was changed as a model bundle in its"
                    + " small form. Each line of a file is a label (0 negative, 1 positive), a tab and a text.",
            "It takes an hour or more of one core. Cut off, it goes on from its checkpoint to the same bytes when it is"
                    + " started again with the same files and settings."
        },
        footer = {
            "  millrace pretrain sentiment --train train.tsv.gz --test dev.tsv.gz --output my-sentiment-model",
            "  millrace models publish my-sentiment-model"
        })
final class PretrainSentimentCommand implements Callable<Integer> {

    private static final String INT8 = "int8";
    private static final int STEPS_BETWEEN_CHECKPOINTS = 100;

    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE",
            description = "Labelled sentences and phrases of them; some sentences are held out. Compressed if the name"
                    + " ends in .gz.")
    private Path train;

    @Option(
            names = "--test",
            required = true,
            paramLabel = "FILE",
            description = "Labelled sentences that the finished model is judged on. They decide nothing.")
    private Path test;

    @Option(
            names = {"--output", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Folder that the bundle is written to.")
    private Path output;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            defaultValue = "millrace-data/checkpoints",
            description = "Where the tuning keeps how far it is, some 340 MB. Default: ${DEFAULT-VALUE}.")
    private Path checkpoints;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + SentimentSettings.EPOCHS,
            description = "Times through the training sentences. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + SentimentSettings.SEED,
            description = "Same files and seed, same bytes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireFile(train);
        requireFile(test);
        SentimentSettings settings = settings();
        PretrainedSentiment made;
        try (StepProgress progress = new StepProgress(spec.commandLine().getErr())) {
            CheckpointFolder folder = new CheckpointFolder(checkpoints, STEPS_BETWEEN_CHECKPOINTS);
            made = new SentimentPretraining(settings, BaseFiles.CLASS_PATH, folder, System::nanoTime, progress)
                    .run(train, test);
            BundleFolder.writeSmall(output, made.bundle(), made.form());
            progress.step("putting the bundle together again");
            requireSame(made.bundle());
        } catch (LearningException | BundleException | IllegalArgumentException unusable) {
            throw new FailedException(String.valueOf(unusable.getMessage()), unusable);
        }
        listing(made.figures()).print(spec.commandLine().getOut(), json.json(), "");
        spec.commandLine()
                .getErr()
                .println("wrote the bundle to " + output + "; what is in " + checkpoints + " is not needed any more");
        return ExitCode.OK;
    }

    /** What a folder gives is what was judged, or it is not used. */
    private void requireSame(Bundle made) {
        Bundle read = BundleFolder.read(output);
        if (!read.manifest().equals(made.manifest())) {
            throw new FailedException("the bundle in " + output + " is not the one that was judged");
        }
    }

    private SentimentSettings settings() {
        try {
            return SentimentSettings.standard(epochs, seed);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new WrongUseException("there is no file " + file
                    + " that can be read; wanted are lines of a label (0 or 1), a tab and a text");
        }
    }

    private static Listing listing(SentimentFigures figures) {
        Listing listing = Listing.of(
                "model", "judged_on", "texts", "accuracy", "balanced", "log_loss", "brier", "calibration_error");
        add(listing, "as tuned", "hold-out", figures.tuned());
        add(listing, "small form", "hold-out", figures.coded());
        add(listing, "fp32", "hold-out", figures.fp32HeldOut());
        add(listing, INT8, "hold-out", figures.int8HeldOut());
        add(listing, "fp32", "test", figures.fp32Test());
        add(listing, INT8, "test", figures.int8Test());
        return listing;
    }

    private static void add(Listing listing, String model, String judgedOn, @Nullable TextQuality quality) {
        if (quality == null) {
            return;
        }
        listing.add(
                model,
                judgedOn,
                quality.texts(),
                rounded(quality.accuracy()),
                rounded(quality.balancedAccuracy()),
                rounded(quality.logLoss()),
                rounded(quality.brier()),
                rounded(quality.calibrationError()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
