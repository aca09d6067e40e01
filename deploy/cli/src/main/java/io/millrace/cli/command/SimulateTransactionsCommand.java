package io.millrace.cli.command;

import io.millrace.cli.output.Progress;
import io.millrace.cli.output.WrongUseException;
import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionCsv;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a file of simulated card transactions, some of them frauds. */
@Command(
        name = "transactions",
        description = {
            "Writes card transactions in the order of time, about 0.8 %% of them frauds, with the columns of the fraud"
                    + " detection handbook's files. The defaults make its world: 1.8 million rows, 30 MB compressed."
        },
        footer = {
            "  millrace simulate transactions --out transactions.csv.gz",
            "  millrace simulate transactions --out small.csv --customers 500 --terminals 1000 --days 60 --seed 7",
            "  millrace simulate transactions --out drifting.csv.gz --drift-day 100"
        })
final class SimulateTransactionsCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "File to write; compressed if the name ends in .gz.")
    private Path out;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many customers. Default: ${DEFAULT-VALUE}.")
    private int customers;

    @Option(
            names = "--terminals",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many terminals. Default: ${DEFAULT-VALUE}.")
    private int terminals;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "183",
            description = "How many days. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--radius",
            paramLabel = "R",
            defaultValue = "5",
            description = "Customers use the terminals closer than this, on a square of 100 by 100."
                    + " Default: ${DEFAULT-VALUE}.")
    private double radius;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Same seed, same file. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--start",
            paramLabel = "DATE",
            defaultValue = "2018-04-01",
            description = "The first day, UTC. Default: ${DEFAULT-VALUE}.")
    private LocalDate start;

    @Option(
            names = "--drift-day",
            paramLabel = "N",
            description =
                    "From this day on, counted from 0, fraudsters keep their amounts lower: frauds for their amount"
                            + " alone begin at 180 instead of 220, and a compromised card pays three times its usual amounts"
                            + " instead of five. Default: never.")
    private @Nullable Integer driftDay;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SimulationSettings settings = settings();
        TransactionCsv.Summary summary;
        try (Progress progress =
                new Progress(spec.commandLine().getErr(), "days", days, Progress.isTerminal(), System::nanoTime)) {
            summary = TransactionCsv.write(settings, out, progress::at);
        }
        spec.commandLine()
                .getErr()
                .println(String.format(
                        Locale.ROOT,
                        "wrote %,d transactions, %,d of them frauds, to %s",
                        summary.transactions(),
                        summary.frauds(),
                        out));
        return ExitCode.OK;
    }

    private SimulationSettings settings() {
        try {
            return new SimulationSettings(customers, terminals, days, radius, seed, start, driftDay);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException("--" + impossible.getMessage());
        }
    }
}
