package io.millrace.bench.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the GPU's own tool says of it.
 *
 * <p>Threading: immutable. Units: bytes.
 *
 * @param gpu its name
 * @param driver version of the driver
 * @param usedBytes of its memory, by all processes
 */
record DeviceMemory(String gpu, String driver, long usedBytes) {
    private static final List<String> COMMAND = List.of(
            "nvidia-smi", "--query-gpu=name,driver_version,memory.used", "--format=csv,noheader,nounits", "--id=0");
    private static final long MEBIBYTE = 1024L * 1024L;

    /** Asks; nothing where there is no GPU or no tool. */
    static Optional<DeviceMemory> now() {
        try {
            Process process = new ProcessBuilder(COMMAND)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? parse(answer) : Optional.empty();
        } catch (IOException noTool) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Optional<DeviceMemory> parse(String answer) {
        List<String> cells =
                Arrays.stream(answer.strip().split(",", -1)).map(String::strip).toList();
        if (cells.size() != 3 || !cells.get(2).matches("\\d+")) {
            return Optional.empty();
        }
        return Optional.of(new DeviceMemory(cells.get(0), cells.get(1), Long.parseLong(cells.get(2)) * MEBIBYTE));
    }
}
