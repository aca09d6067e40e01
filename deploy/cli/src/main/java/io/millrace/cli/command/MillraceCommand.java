package io.millrace.cli.command;

import io.millrace.cli.output.ErrorRenderer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. A new command is a class of this package, listed here. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  millrace up", "  millrace models list --json"},
        description = "Scores Kafka streams with ONNX models that arrive on a topic.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong use"},
        subcommands = {
            UpCommand.class,
            StreamCommand.class,
            TrainCommand.class,
            ScoreCommand.class,
            BacktestCommand.class,
            SimulateCommand.class,
            PretrainCommand.class,
            FeedCommand.class,
            ModelsCommand.class,
            TopicsCommand.class,
            DoctorCommand.class,
            CompareFeaturesCommand.class,
            BenchCommand.class
        })
public final class MillraceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = ErrorRenderer.STACK_TRACE_OPTION,
            scope = ScopeType.INHERIT,
            description = "With a failure, also show where in the code it happened.")
    private boolean stackTrace;

    /** The command line with the real benchmarks in the place of their stand-in. */
    public static CommandLine withBench(MillraceCommand root, Object benchCommand) {
        CommandLine line = new CommandLine(root);
        line.getCommandSpec().removeSubcommand(BenchCommand.NAME);
        return line.addSubcommand(benchCommand);
    }

    /** Whether a failure shows where it happened. */
    public boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command; 'millrace --help' lists them");
    }
}
