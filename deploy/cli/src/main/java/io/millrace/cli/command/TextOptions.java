package io.millrace.cli.command;

import io.millrace.cli.output.WrongUseException;
import io.millrace.cli.score.LabelValues;
import io.millrace.cli.score.TextLayout;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.Precision;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixed into the commands that play a file, for files of texts. */
final class TextOptions {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");

    @Option(
            names = "--tsv",
            description = "Each line is a label, a tab and a text. Without it a line is a text, or a JSON object as"
                    + " the configuration's 'input' says.")
    private boolean tabSeparated;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "LABEL=CLASS",
            description = "What the labels of a file of texts mean, as in 0=negative,2=positive; texts with other"
                    + " labels are scored all the same, and their labels passed over. By default a label is the name"
                    + " of a class, or its place from 0.")
    private @Nullable Map<String, String> classes;

    @Option(
            names = "--precision",
            description = "Which form of a model of texts runs: ${COMPLETION-CANDIDATES}. By default as the"
                    + " configuration says.")
    private @Nullable Precision precision;

    static boolean isText(Bundle bundle) {
        return bundle.manifest().task() == Task.TEXT_CLASSIFICATION;
    }

    /** Refuses options for texts where there are none. */
    void requireUnused(PipelineConfig pipeline) {
        if (tabSeparated || classes != null || precision != null) {
            throw new WrongUseException("--tsv, --classes and --precision are for models of texts, but pipeline '"
                    + pipeline.name() + "' scores features: leave them out");
        }
    }

    /** The pipeline with the wanted form of its model. */
    PipelineConfig pipeline(PipelineConfig configured, Precision otherwise) {
        return configured.withPrecision(precision == null ? otherwise : precision);
    }

    /** How the file's lines become records. */
    TextLayout layout(PipelineConfig pipeline) {
        InputConfig input = pipeline.input();
        String text = input.text();
        if (text == null) {
            throw new WrongUseException("model '" + pipeline.model() + "' reads texts, but pipeline '" + pipeline.name()
                    + "' does not say where they are: set input.text in the configuration");
        }
        return new TextLayout(tabSeparated, input.id(), input.time(), text);
    }

    /** What the file's labels say. */
    LabelValues labelValues(Bundle bundle) {
        List<String> known = bundle.manifest().classes();
        return classes == null ? LabelValues.ofClasses(known) : LabelValues.named(known, classes);
    }

    /** A delay of labels as a person would say it. */
    static String inWords(String labelsAfter) {
        return COUNT.matcher(labelsAfter).matches() ? labelsAfter + " texts" : labelsAfter;
    }

    /** How late labels are to be: a number of texts, or a duration where the texts have times of their own. */
    Duration delay(PipelineConfig pipeline, String labelsAfter) {
        LabelsConfig labels = pipeline.labels();
        if (labels == null || (!tabSeparated && labels.column() == null)) {
            throw new WrongUseException("late labels need --tsv, or set labels.column of pipeline '" + pipeline.name()
                    + "' in the configuration to the field of a JSON line that holds the label");
        }
        return COUNT.matcher(labelsAfter).matches()
                ? TextLayout.STEP.multipliedBy(Long.parseLong(labelsAfter))
                : PipelineOptions.delay(labelsAfter);
    }
}
