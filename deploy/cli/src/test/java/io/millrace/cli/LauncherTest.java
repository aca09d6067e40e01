package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.RepositoryRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real launcher in a small tree of its own, with a Maven and a Java that only say that they were called. */
class LauncherTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path root;

    private Path source;

    @BeforeEach
    void plant() throws IOException {
        Path launcher = root.resolve("deploy/millrace");
        Files.createDirectories(root.resolve("deploy/cli/src/main"));
        Files.copy(RepositoryRoot.find().resolve("deploy/millrace"), launcher);
        executable(launcher);
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("deploy/cli/pom.xml"), "");
        Files.createDirectories(root.resolve("deploy/bench/src/main"));
        Files.writeString(root.resolve("deploy/bench/pom.xml"), "");
        source = Files.createDirectories(root.resolve("schemas/src/main/java")).resolve("A.java");
        Files.writeString(source, "");
        Files.writeString(root.resolve("schemas/pom.xml"), "");
        script("bin/mvn", """
                echo built >> builds
                [ ! -e broken ] || { echo "A.java: wrong"; exit 1; }
                for module in cli bench; do
                    mkdir -p deploy/$module/target/lib
                    touch deploy/$module/target/lib/other.jar deploy/$module/target/lib/millrace-a.jar
                    touch deploy/$module/target/millrace-$module-1.jar
                done
                """);
        script("jdk/bin/java", """
                case "$1" in
                    -XX:ArchiveClassesAtExit=*) echo classes > "${1#*=}" ;;
                    *) echo "$@" ;;
                esac
                """);
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        age();
    }

    @Test
    void buildsOnceAndThenOnlyStarts() throws Exception {
        Launch first = launch("models", "list");
        Launch second = launch("models", "list");

        assertThat(first.err).isEqualToIgnoringNewLines("millrace: building, which takes a minute the first time");
        assertThat(second.err).isEmpty();
        assertThat(second.out).endsWith("io.millrace.cli.Main models list\n").contains("-cp " + appFolder() + "/*");
        assertThat(appFolder()).isDirectoryContaining("glob:**/other.jar");
        assertThat(appFolder()).isDirectoryContaining("glob:**/millrace-a.jar");
        assertThat(appFolder()).isDirectoryContaining("glob:**/millrace-cli-1.jar");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theBenchmarksAreAProgramOfTheirOwn() throws Exception {
        launch("topics");
        Launch first = launch("bench", "hot-key");
        Launch second = launch("bench", "hot-key");

        assertThat(first.err).contains("building");
        assertThat(second.out)
                .endsWith("io.millrace.bench.Main bench hot-key\n")
                .contains("deploy/bench/target/app/*");
        assertThat(builds()).isEqualTo(2);
        assertThat(launch("topics").out).contains("io.millrace.cli.Main");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        launch("topics");

        Files.writeString(source, "changed");
        launch("topics");
        launch("topics");
        assertThat(builds()).isEqualTo(2);
        Files.delete(source);
        launch("topics");

        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void buildsOnceForManyAtTheSameTime() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            processes.add(start(Map.of(), "topics"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
        Files.writeString(root.resolve("broken"), "");

        Launch launch = launch("topics");

        assertThat(launch.exitCode).isEqualTo(1);
        assertThat(launch.out).isEmpty();
        assertThat(launch.err).contains("A.java: wrong", "the build failed");
    }

    @Test
    void givesTheJvmWhatItsVersionAndTheUserAskFor() throws Exception {
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        launch("topics");

        Launch launch = launch(Map.of("MILLRACE_JVM_OPTS", "-Xmx4g -Da=b"), "up");

        assertThat(launch.out).contains("--enable-native-access=ALL-UNNAMED", "-Xmx4g -Da=b -cp", "-Dmillrace.home=");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

        Launch launch = launch("topics");

        assertThat(launch.exitCode).isEqualTo(1);
        assertThat(launch.err).contains("is Java 11", "Java 17 or later");
        assertThat(builds()).isZero();
    }

    @Test
    void mapsTheClassArchiveOnlyWhileItIsWhole() throws Exception {
        launch("topics");
        Path archive = appFolder().resolve("classes.jsa");
        String option = "-XX:SharedArchiveFile=" + archive;
        assertThat(launch("topics").out).contains(option);

        Files.writeString(archive, "cut");
        assertThat(launch("topics").out).doesNotContain(option);
        Files.delete(archive);
        Launch without = launch("topics");

        assertThat(without.out).doesNotContain(option);
        assertThat(without.err).isEmpty();
        assertThat(without.exitCode).isZero();
    }

    private record Launch(int exitCode, String out, String err) {}

    private Launch launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private Launch launch(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Launch(process.waitFor(), out, err);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("deploy/millrace").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("MILLRACE_JVM_OPTS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path appFolder() throws IOException {
        return root.toRealPath().resolve("deploy/cli/target/app");
    }

    private int builds() throws IOException {
        Path counted = root.resolve("builds");
        return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
    }

    private void script(String path, String body) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + body);
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What was planted is older than any build. */
    private void age() throws IOException {
        try (var tree = Files.walk(root)) {
            for (Path path : tree.toList()) {
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
    }
}
