package io.millrace.bench.micro;

import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks of this package, each in JVMs of their own.
 *
 * <p>Threading: confined to one thread.
 */
public final class MicroBenchmark {
    private static final String PACKAGE = MicroBenchmark.class.getPackageName() + ".";
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 5;

    private final List<String> methods;
    private final int forks;
    private final TimeValue iteration;

    /**
     * Chooses benchmarks.
     *
     * @param filter a regular expression that is found in the names, as in {@code BatchFill.row}
     * @param forks JVMs for each
     * @param seconds of one iteration, of which there are eight
     */
    public MicroBenchmark(String filter, int forks, double seconds) {
        if (forks < 1 || !(seconds > 0)) {
            throw new WrongUseException(
                    "forks must be at least 1 and seconds above 0, were " + forks + " and " + seconds);
        }
        this.forks = forks;
        this.iteration = TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
        List<String> all = names();
        Pattern wanted = pattern(filter);
        this.methods = all.stream().filter(name -> wanted.matcher(name).find()).toList();
        if (methods.isEmpty()) {
            throw new WrongUseException("--filter '" + filter + "' matches none of " + all);
        }
    }

    private static Pattern pattern(String filter) {
        try {
            return Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            throw new WrongUseException("--filter '" + filter + "' is no regular expression: " + e.getDescription());
        }
    }

    private static List<String> names() {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        return BenchmarkList.defaultList().find(silent, List.of(Pattern.quote(PACKAGE) + ".*"), List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .map(name -> name.substring(PACKAGE.length()))
                .sorted()
                .toList();
    }

    /** How many there are to run, for a progress bar. */
    public int steps() {
        return methods.size();
    }

    /** Runs all that were chosen, in the order of their names. */
    public List<MicroLine> run(LongConsumer progress) {
        // Two of them at once would disturb each other, but whether that is so is not for a lock file to say.
        System.setProperty("jmh.ignoreLock", "true");
        List<MicroLine> lines = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            progress.accept(i);
            lines.addAll(run(methods.get(i)));
        }
        progress.accept(methods.size());
        return lines;
    }

    private List<MicroLine> run(String method) {
        try {
            return new Runner(new OptionsBuilder()
                            .include("^" + Pattern.quote(PACKAGE + method) + "$")
                            .forks(forks)
                            .warmupIterations(WARM_UPS)
                            .warmupTime(iteration)
                            .measurementIterations(ITERATIONS)
                            .measurementTime(iteration)
                            .jvmArgsAppend("-Dmillrace.home=" + MillraceConfig.home())
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run().stream().map(MicroBenchmark::line).toList();
        } catch (RunnerException e) {
            throw new FailedException("benchmark " + method + " failed: " + e.getMessage(), e);
        }
    }

    private static MicroLine line(RunResult run) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String key : run.getParams().getParamsKeys()) {
            parameters.put(key, run.getParams().getParam(key));
        }
        Result<?> result = run.getPrimaryResult();
        return MicroLine.of(
                run.getParams().getBenchmark().substring(PACKAGE.length()),
                parameters,
                result.getScore(),
                result.getScoreError());
    }
}
