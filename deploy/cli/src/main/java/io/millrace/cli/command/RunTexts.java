package io.millrace.cli.command;

import io.millrace.cli.output.Listing;
import io.millrace.inference.config.Durations;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.trainer.config.TriggerConfig;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the commands word a training run. */
final class RunTexts {
    private RunTexts() {}

    /** When a model is trained. */
    static String triggers(TriggerConfig every) {
        return "a round after " + every.examples() + " new labels or " + Durations.format(every.interval())
                + (every.drop() == null ? "" : ", or when it falls by " + every.drop());
    }

    /** Prints a run for people, or as JSON. */
    static void print(PrintWriter out, TrainingRun run, boolean json) {
        if (json) {
            Listing.printJson(out, facts(run));
        } else {
            printText(out, run);
        }
        out.flush();
    }

    /** Everything that is known of a run, by name. */
    static Map<String, Object> facts(TrainingRun run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", run.getModel());
        facts.put("run", run.getRun());
        facts.put("pipeline", run.getPipeline());
        facts.put("champion", run.getChampion());
        facts.put("state", state(run));
        if (run.getVersion() != null) {
            facts.put("version", run.getVersion());
        }
        facts.put("step", run.getStep());
        facts.put("trigger", run.getTrigger());
        facts.put("started_at", run.getStartedAt().toString());
        facts.put("updated_at", run.getUpdatedAt().toString());
        facts.put(
                "ranges",
                run.getRanges().stream()
                        .map(range -> range.getPartition() + ":" + range.getFrom() + "-" + range.getTo())
                        .toList());
        facts.put("examples", new TreeMap<>(run.getExamples()));
        facts.put("compared", new TreeMap<>(run.getCompared()));
        facts.put("reasons", run.getReasons());
        return facts;
    }

    private static void printText(PrintWriter out, TrainingRun run) {
        out.println("model " + run.getModel() + ", champion is version " + run.getChampion() + ", run " + run.getRun()
                + " (" + run.getTrigger() + ")");
        out.println(verdict(run));
        run.getReasons().forEach(reason -> out.println("  " + reason));
        if (!run.getExamples().isEmpty()) {
            out.println("examples: " + new TreeMap<>(run.getExamples()));
        }
        Listing compared = Listing.of("check", "champion", "candidate", "bound");
        TreeSet<String> checks = new TreeSet<>();
        run.getCompared().keySet().forEach(key -> checks.add(key.substring(0, key.lastIndexOf('/'))));
        for (String check : checks) {
            compared.add(
                    check,
                    number(run, check + "/champion"),
                    number(run, check + "/candidate"),
                    number(run, check + "/bound"));
        }
        if (!compared.isEmpty()) {
            compared.print(out, false, "");
        }
    }

    private static String verdict(TrainingRun run) {
        return run.getVersion() == null
                ? state(run) + (run.getReasons().isEmpty() ? "" : ":")
                : "accepted: published as version " + run.getVersion();
    }

    private static String state(TrainingRun run) {
        return run.getState().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String number(TrainingRun run, String key) {
        Double value = run.getCompared().get(key);
        return value == null ? null : String.format(Locale.ROOT, "%.5f", value);
    }
}
