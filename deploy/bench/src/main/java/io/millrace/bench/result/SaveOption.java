package io.millrace.bench.result;

import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Mixed into every benchmark: keeps its result in a file, with the machine, the commit, the versions and the settings.
 * The settings are the command's own options, so that none can be forgotten.
 */
public final class SaveOption {
    private static final Set<String> NO_SETTING = Set.of("--save", "--json");

    @Option(
            names = "--save",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "",
            description = "Keep the result as DIR/NAME.json, with the machine, the commit and the settings."
                    + " Default DIR: deploy/bench/results of the repository.")
    private @Nullable String folder;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Keeps the result if that is asked for, under the command's name. */
    public void save(Object result) {
        save(command.name(), Map.of(), Map.of(), result);
    }

    /**
     * Keeps the result if that is asked for.
     *
     * @param name of the file
     * @param settings that are no options, such as those of peers
     * @param versions of libraries that are not on this process's class path
     */
    public void save(String name, Map<String, ?> settings, Map<String, String> versions, Object result) {
        if (folder == null) {
            return;
        }
        ResultFolder results = folder.isEmpty() ? ResultFolder.ofRepository() : new ResultFolder(Path.of(folder));
        try {
            Path file = results.save(name, measured(settings, versions, result));
            command.commandLine().getErr().println("saved as " + file);
        } catch (IOException e) {
            throw new FailedException("the result cannot be saved in " + results.path() + ": " + e.getMessage(), e);
        }
    }

    private Measured<Object> measured(Map<String, ?> more, Map<String, String> otherVersions, Object result) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (value != null && isSetting(option)) {
                settings.put(option.longestName().replaceFirst("^-+", ""), plain(value));
            }
        }
        settings.putAll(more);
        Map<String, String> versions = new LinkedHashMap<>(Versions.here());
        versions.putAll(otherVersions);
        return new Measured<>(
                command.name(),
                commandLine(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.here(),
                Commit.of(ResultFolder.repository()),
                versions,
                settings,
                result);
    }

    private static boolean isSetting(OptionSpec option) {
        return !option.inherited()
                && !option.usageHelp()
                && !option.versionHelp()
                && !NO_SETTING.contains(option.longestName());
    }

    private String commandLine() {
        List<String> arguments = command.commandLine().getParseResult().originalArgs();
        return "millrace " + arguments.stream().map(SaveOption::withoutFolder).collect(Collectors.joining(" "));
    }

    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(SaveOption::plain).toList();
        }
        if (value instanceof Object[] many) {
            return Arrays.stream(many).map(SaveOption::plain).toList();
        }
        return withoutFolder(value.toString());
    }

    /** Where a file lay on this machine helps nobody who repeats it. */
    static String withoutFolder(String argument) {
        return argument.replaceFirst("(^|=)/.*/([^/]+)$", "$1…/$2");
    }
}
