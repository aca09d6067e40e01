package io.millrace.bench.command;

import io.millrace.bench.LabelToLiveBenchmark;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.cli.output.WrongUseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a label to the first score by the version it led to. */
@Command(
        name = "label-to-live",
        description = {
            "Runs broker, stream and trainer with the shipped fraud model, and measures the time from the arrival of the"
                    + " label that makes a round of training due to the first score by the version that comes of it,"
                    + " gate and publication included."
        },
        footer = {"  millrace bench label-to-live", "  millrace bench label-to-live --transactions 200000 --json"})
final class BenchLabelToLiveCommand implements Callable<Integer> {

    @Option(
            names = "--transactions",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Transactions that are scored and labelled before. Default: ${DEFAULT-VALUE}.")
    private int transactions;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-label-to-live")) {
            LabelToLiveBenchmark benchmark;
            try {
                benchmark = new LabelToLiveBenchmark(transactions, folder.path(), err::println);
            } catch (IllegalArgumentException impossible) {
                throw new WrongUseException(String.valueOf(impossible.getMessage()));
            }
            double seconds = benchmark.run();
            print(spec.commandLine().getOut(), seconds);
            save.save(facts(seconds));
        }
        return 0;
    }

    private Map<String, Object> facts(double seconds) {
        return Map.of("transactions", transactions, "labelToLiveSeconds", seconds);
    }

    private void print(PrintWriter out, double seconds) {
        if (json.json()) {
            Listing.printJson(out, facts(seconds));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%.1f s from the newest of %,d labels to the first score by the version they led to%n",
                    seconds,
                    transactions);
        }
        out.flush();
    }
}
