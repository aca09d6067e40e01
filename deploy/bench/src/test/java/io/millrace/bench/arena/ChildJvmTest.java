package io.millrace.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Answers twice the number, prints where answers do not belong, and dies when asked to. */
    static final class Doubling {
        private Doubling() {}

        public static void main(String[] arguments) throws IOException {
            ChildMain.serve(request -> {
                System.out.println("not an answer");
                if (request.has("die")) {
                    System.err.println("the last words");
                    Runtime.getRuntime().halt(7);
                }
                if (!request.has("number")) {
                    throw new IllegalArgumentException("no number");
                }
                return Map.of("twice", 2 * request.get("number").asInt());
            });
        }
    }

    @Test
    void answersLineByLineSaysWhatFailedAndShowsTheLogOfOneThatDied() throws Exception {
        try (ChildJvm child =
                ChildJvm.start("doubling", ChildJvm.Launch.of(Doubling.class, List.of("-Xmx64m")), folder)) {
            assertThat(child.ask(Map.of("number", 21), PATIENCE).get("twice").asInt())
                    .isEqualTo(42);
            assertThatThrownBy(() -> child.ask(Map.of("text", "x"), PATIENCE))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("no number");
            assertThat(child.ask(Map.of("number", 1), PATIENCE).get("twice").asInt())
                    .isEqualTo(2);
            assertThatThrownBy(() -> child.ask(Map.of("die", true), PATIENCE))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("has ended")
                    .hasMessageContaining("the last words");
        }
    }
}
