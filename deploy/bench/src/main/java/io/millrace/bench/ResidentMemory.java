package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of this process that is really there, Java heap and native together.
 *
 * <p>Threading: immutable. Units: bytes.
 *
 * @param nowBytes at the moment
 * @param peakBytes at most since the process began
 */
public record ResidentMemory(long nowBytes, long peakBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KILOBYTE = 1024;

    /**
     * Asks the system.
     *
     * @throws UnsupportedOperationException if it is no Linux
     */
    public static ResidentMemory now() {
        if (!Files.exists(STATUS)) {
            throw new UnsupportedOperationException("there is no " + STATUS + ": measure memory on Linux");
        }
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return new ResidentMemory(bytes(lines, "VmRSS:"), bytes(lines, "VmHWM:"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + STATUS, unreadable);
        }
    }

    private static long bytes(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(STATUS + " has no line " + name));
    }
}
