package io.millrace.bench.command;

import io.millrace.bench.LabelToLive;
import io.millrace.bench.LabelToLiveBenchmark;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
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
final class BenchLabelToLiveCommand implements Runnable {

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
    public void run() {
        InFolder work = new InFolder(spec);
        LabelToLive way =
                work.run(folder -> Asked.of(() -> new LabelToLiveBenchmark(transactions, folder, work.steps()))
                        .run());
        print(spec.commandLine().getOut(), way);
        save.save(facts(way));
    }

    private Map<String, Object> facts(LabelToLive way) {
        return Map.of("transactions", transactions, "labelToLiveSeconds", way.seconds(), "steps", way.steps());
    }

    private void print(PrintWriter out, LabelToLive way) {
        if (json.json()) {
            Listing.printJson(out, facts(way));
        } else {
            print(out, way, transactions);
        }
        out.flush();
    }

    static void print(PrintWriter out, LabelToLive way, int transactions) {
        Listing steps = Listing.of("seconds", "step");
        way.steps().forEach(step -> steps.add(step.seconds(), step.step()));
        steps.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%.1f s from the newest of %,d labels to the first score by the version they led to%n",
                way.seconds(),
                transactions);
    }
}
