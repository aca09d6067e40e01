package io.millrace.bench.flink;

import io.millrace.bench.arena.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the process of the Flink peer is started: its jars lie in a folder {@value #FOLDER} beside ours, off the class path
 * of everything else, with the Kafka client that its connector was made for.
 *
 * <p>Threading: stateless.
 */
public final class FlinkLauncher {
    static final String BATCH_ROWS = "millrace.flink.batch";
    /**
     * Of this process too, to try what suits Flink best: {@code MILLRACE_JVM_OPTS=-Dmillrace.flink.checkpoint=1000}.
     */
    static final String CHECKPOINT_MILLIS = "millrace.flink.checkpoint";
    /** The stream's commit interval under exactly-once. */
    static final long DEFAULT_CHECKPOINT_MILLIS = 100;

    private static final String FOLDER = "flink";
    private static final String MAIN = "io.millrace.bench.flink.FlinkContender";

    /** As Flink's own scripts open for Java 17, as far as this topology needs it. */
    private static final List<String> OPENS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    private FlinkLauncher() {}

    /**
     * The launch of the contender that runs the model once for each record; empty where Flink's jars are missing.
     *
     * @param jvmOptions beside those that Flink needs, such as {@code -Xmx1g}
     */
    public static Optional<ChildJvm.Launch> oneByOne(List<String> jvmOptions) {
        return launch(1, jvmOptions);
    }

    /** The same with an operator of our own that gathers so many rows for a run of the model. */
    public static Optional<ChildJvm.Launch> batched(int rows, List<String> jvmOptions) {
        return launch(rows, jvmOptions);
    }

    private static Optional<ChildJvm.Launch> launch(int batchRows, List<String> jvmOptions) {
        List<String> options = new ArrayList<>(OPENS);
        options.add("-D" + BATCH_ROWS + "=" + batchRows);
        options.add("-D" + CHECKPOINT_MILLIS + "=" + Long.getLong(CHECKPOINT_MILLIS, DEFAULT_CHECKPOINT_MILLIS));
        options.addAll(jvmOptions);
        return folder().map(flink -> new ChildJvm.Launch(MAIN, jars(flink) + ownClassPath(), options));
    }

    private static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** Beside our jar, or beside the classes that the jar is made of. */
    private static Optional<Path> folder() {
        try {
            Path jar = Path.of(FlinkLauncher.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(jar.getParent())
                    .map(parent -> parent.resolve(FOLDER))
                    .filter(Files::isDirectory);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("our own jar has no path: " + e.getMessage(), e);
        }
    }

    /** Named one by one, before ours, as Flink's connector needs an older Kafka client. */
    private static String jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(file -> file + File.pathSeparator)
                    .reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
