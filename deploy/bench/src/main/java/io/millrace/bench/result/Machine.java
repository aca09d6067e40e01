package io.millrace.bench.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * <p>Threading: immutable. Units: bytes.
 *
 * @param cpu the processor's name
 * @param cores that this process may use
 * @param kernel the operating system and its version
 * @param jvm the Java that ran
 */
public record Machine(String cpu, int cores, long memoryBytes, String kernel, String jvm) {
    static final String UNKNOWN = "unknown";

    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern CPU = Pattern.compile("model name\\s*:\\s*(.+)");
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s*(\\d+) kB");
    private static final Pattern VERSION = Pattern.compile("[\\d.]*\\d");
    private static final long KILOBYTE = 1024;

    /** This one. */
    public static Machine here() {
        return new Machine(
                found(CPUS, CPU),
                Runtime.getRuntime().availableProcessors(),
                bytes(found(MEMORY, TOTAL)),
                System.getProperty("os.name") + " " + numbers(System.getProperty("os.version", "")),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }

    /** A kernel's version without what its builder added to it. */
    static String numbers(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.lookingAt() ? matcher.group() : UNKNOWN;
    }

    private static String found(Path file, Pattern pattern) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::lookingAt)
                    .map(matcher -> matcher.group(1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN; // not a Linux
        }
    }

    private static long bytes(String kilobytes) {
        return kilobytes.equals(UNKNOWN) ? 0 : Long.parseLong(kilobytes) * KILOBYTE;
    }
}
