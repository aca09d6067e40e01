package io.millrace.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrtStartTest {
    private static final int LONG = 100_000;

    @Test
    void startsUnderALongCommandLineThoughTelemetryIsOn() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OrtStartMain.class.getName()));
        command.add("x/".repeat(LONG / 2));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(OrtStart.OFF);

        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as("exit code, having printed: %s", printed)
                .isZero();
    }

    /** Starts ONNX Runtime and nothing else. */
    static final class OrtStartMain {
        private OrtStartMain() {}

        public static void main(String[] arguments) {
            OrtRuntime.environment();
        }
    }
}
