package io.millrace.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures on this machine; what is measured is a command below. */
@Command(
        name = "bench",
        description = "Measures on this machine, and says what is compared with what.",
        footer = {
            "  millrace bench throughput",
            "  millrace bench hot-key",
            "  millrace bench late-labels",
            "  millrace bench label-to-live",
            "  millrace bench training",
            "  millrace bench scale",
            "  millrace bench restore",
            "  millrace bench fine-tuning",
            "  millrace bench text",
            "  millrace bench swap-text",
            "  millrace bench adaptation --domain FILE.tsv.gz",
            "  millrace bench latency",
            "  millrace bench swap",
            "  millrace bench soak",
            "  millrace bench micro",
            "  millrace bench gpu",
            "  millrace bench report"
        },
        subcommands = {
            BenchThroughputCommand.class,
            BenchHotKeyCommand.class,
            BenchLateLabelsCommand.class,
            BenchLabelToLiveCommand.class,
            BenchTrainingCommand.class,
            BenchScaleCommand.class,
            BenchRestoreCommand.class,
            BenchFineTuningCommand.class,
            BenchTextCommand.class,
            BenchSwapTextCommand.class,
            BenchAdaptationCommand.class,
            BenchMicroCommand.class,
            BenchGpuCommand.class,
            BenchReportCommand.class,
            BenchLatencyCommand.class,
            BenchSwapCommand.class,
            BenchSoakCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
