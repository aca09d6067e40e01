package io.millrace.bench.live;

import io.millrace.bench.ResidentMemory;
import io.millrace.inference.onnx.LoadedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a JVM holds at a moment, after a full collection.
 *
 * <p>Threading: immutable. Units: bytes.
 *
 * @param residentBytes that are really there
 * @param heapUsedBytes of the Java heap, by what lives
 * @param heapCommittedBytes of the Java heap, whether used or not
 * @param jvmBytes that the JVM itself has committed, heap included; -1 where it does not track them
 * @param nativeBytes resident memory that is not Java heap: the JVM's own, and what native libraries allocate
 * @param openSessions of ONNX Runtime
 * @param threads of Java
 * @param files that are open, sockets among them
 */
public record MemoryNow(
        long residentBytes,
        long heapUsedBytes,
        long heapCommittedBytes,
        long jvmBytes,
        long nativeBytes,
        long openSessions,
        int threads,
        int files) {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Pattern COMMITTED = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final long KILOBYTE = 1024;

    static MemoryNow measured() {
        System.gc();
        long resident = ResidentMemory.now().nowBytes();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new MemoryNow(
                resident,
                heap.getUsed(),
                heap.getCommitted(),
                committedByJvm(),
                resident - heap.getCommitted(),
                LoadedModel.openSessions(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openFiles());
    }

    private static int openFiles() {
        try (Stream<Path> open = Files.list(FILES)) {
            return Math.toIntExact(open.count());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count open files in " + FILES, e);
        }
    }

    private static long committedByJvm() {
        try {
            Object summary = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                            new String[] {String[].class.getName()});
            Matcher total = COMMITTED.matcher(String.valueOf(summary));
            return total.find() ? Long.parseLong(total.group(1)) * KILOBYTE : -1;
        } catch (JMException e) {
            throw new IllegalStateException("the JVM does not tell its native memory", e);
        }
    }
}
