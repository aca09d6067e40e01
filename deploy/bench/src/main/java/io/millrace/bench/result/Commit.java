package io.millrace.bench.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What was measured: the commit of the repository, with {@code +changes} when files differ from it.
 *
 * <p>Threading: stateless.
 */
public final class Commit {
    /** Names the commit where there is no repository, such as in a pack for another machine. */
    public static final String PROPERTY = "millrace.commit";

    private static final int GIT_SECONDS = 10;

    private Commit() {}

    /** The commit of a repository; "unknown" where there is none. */
    public static String of(Path repository) {
        String told = System.getProperty(PROPERTY);
        if (told != null) {
            return told;
        }
        Optional<String> head = git(repository, "rev-parse", "--short=12", "HEAD");
        if (head.isEmpty()) {
            return Machine.UNKNOWN;
        }
        // Results that were just saved are no change of what was measured.
        String changed = git(
                        repository,
                        "status",
                        "--porcelain",
                        "--untracked-files=no",
                        "--",
                        ".",
                        ":(exclude)deploy/bench/results")
                .orElse("");
        return head.get() + (changed.isEmpty() ? "" : "+changes");
    }

    private static Optional<String> git(Path repository, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
