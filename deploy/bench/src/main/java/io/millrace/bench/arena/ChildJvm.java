package io.millrace.bench.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.output.FailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A main class in a JVM of its own, which answers a line of JSON with a line of JSON; see {@link ChildMain} for the other
 * side. What it logs goes to a file, whose end is shown when something fails.
 *
 * <p>Threading: one thread asks at a time. Lifecycle: the process ends with {@link #close}, and by itself when this
 * process ends.
 */
public final class ChildJvm implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    private static final int SHOWN_LINES = 30;
    /** Stands for the end of what the process says. */
    private static final String END = "";

    private final String name;
    private final Process process;
    private final Path log;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /**
     * How a JVM is started.
     *
     * @param mainClass its main class
     * @param classPath of this process, or another
     * @param jvmOptions such as {@code -Xmx1g}
     */
    public record Launch(String mainClass, String classPath, List<String> jvmOptions) {
        public Launch {
            jvmOptions = List.copyOf(jvmOptions);
        }

        /** A class of this process's class path. */
        public static Launch of(Class<?> main, List<String> jvmOptions) {
            return new Launch(main.getName(), System.getProperty("java.class.path"), jvmOptions);
        }
    }

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "millrace-child-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a JVM with this process's Java; its log becomes {@code NAME.log} in the folder. */
    public static ChildJvm start(String name, Launch launch, Path logFolder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dmillrace.home=" + System.getProperty("millrace.home", ""));
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.addAll(launch.jvmOptions());
        command.add("-cp");
        command.add(launch.classPath());
        command.add(launch.mainClass());
        Path log = logFolder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        try {
            return new ChildJvm(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process of " + name + ": " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Asks and waits for the answer.
     *
     * @param request written as JSON
     * @throws FailedException if it answers with an error, not in time, or has ended
     */
    public JsonNode ask(Object request, Duration atMost) throws InterruptedException {
        String line = json(request);
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException e) {
            throw failure("has ended", e);
        }
        String answer = answers.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw failure("gave no answer to " + line + " within " + atMost.toSeconds() + " s", null);
        }
        if (answer.equals(END)) {
            throw failure("has ended", null);
        }
        JsonNode said = parsed(answer);
        if (said.hasNonNull(ChildMain.ERROR)) {
            throw failure("failed: " + said.get(ChildMain.ERROR).asText(), null);
        }
        return said;
    }

    /** Like {@code kill -9}, and waits until the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException gone) {
            // It has ended already, or ends now.
        }
        try {
            if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The JVM itself prints what answers nothing, such as dumps of its threads.
                if (line.startsWith("{")) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            // The end of the stream is all that matters.
        }
        answers.add(END);
    }

    private FailedException failure(String what, @Nullable Throwable cause) {
        String message = "the process of " + name + " " + what + "; the end of its log:\n" + endOfLog();
        return cause == null ? new FailedException(message) : new FailedException(message, cause);
    }

    /** The last lines that it logged. */
    public String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static String json(Object request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + request, e);
        }
    }

    private JsonNode parsed(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw failure("answered with no JSON: " + answer, e);
        }
    }
}
