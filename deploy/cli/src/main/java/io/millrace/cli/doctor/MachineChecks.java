package io.millrace.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.cli.output.ErrorRenderer;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.DeviceUnavailableException;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDB;

/**
 * Looks at the machine: Java, memory, disk, and the native libraries.
 *
 * <p>Threading: stateless. Units: bytes.
 */
public final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long LEAST_MEMORY_BYTES = 1024 * MEBIBYTE;
    private static final long GOOD_MEMORY_BYTES = 2048 * MEBIBYTE;
    private static final long LEAST_DISK_BYTES = 1024 * MEBIBYTE;

    private MachineChecks() {}

    public static List<Finding> run(Path dataFolder, ExecutionDevice device) {
        return List.of(
                java(Runtime.version().feature()),
                memory(physicalMemoryBytes(), Runtime.getRuntime().maxMemory()),
                disk(dataFolder),
                onnxRuntime(device),
                rocksDb());
    }

    static Finding java(int feature) {
        String found = "Java " + feature + ", " + System.getProperty("java.vendor");
        return feature >= OLDEST_JAVA
                ? Finding.ok("java", found)
                : Finding.failed("java", found, "install a JDK " + OLDEST_JAVA + " or later, or set JAVA_HOME to one");
    }

    static Finding memory(long physicalBytes, long heapBytes) {
        String found = mebibytes(physicalBytes) + " in all, " + mebibytes(heapBytes) + " for the Java heap";
        String remedy = "give the machine or container 2 GiB, or set a smaller heap with MILLRACE_JVM_OPTS=-Xmx512m";
        if (physicalBytes < LEAST_MEMORY_BYTES) {
            return Finding.failed("memory", found, remedy);
        }
        return physicalBytes < GOOD_MEMORY_BYTES
                ? Finding.warning("memory", found, remedy)
                : Finding.ok("memory", found);
    }

    private static Finding disk(Path dataFolder) {
        Path existing = dataFolder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long freeBytes = Files.getFileStore(existing).getUsableSpace();
            String found = mebibytes(freeBytes) + " free for " + dataFolder;
            if (!Files.isWritable(existing)) {
                return Finding.failed("disk", existing + " may not be written to", "choose a folder with --data");
            }
            return freeBytes < LEAST_DISK_BYTES
                    ? Finding.failed("disk", found, "free some space, or choose another folder with --data")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.failed("disk", "cannot look at " + existing + ": " + e, "choose a folder with --data");
        }
    }

    private static Finding onnxRuntime(ExecutionDevice device) {
        try {
            DeviceChoice choice = Devices.resolve(device);
            return Finding.ok("onnx runtime", "models run on the " + choice.kind() + ": " + choice.reason());
        } catch (DeviceUnavailableException e) {
            return Finding.failed("onnx runtime", ErrorRenderer.message(e), "set stream.device to auto or cpu");
        } catch (RuntimeException | LinkageError e) {
            return unloadable("onnx runtime", e);
        }
    }

    private static Finding rocksDb() {
        try {
            RocksDB.loadLibrary();
            return Finding.ok("rocksdb", "the state store's library loads");
        } catch (RuntimeException | LinkageError e) {
            return unloadable("rocksdb", e);
        }
    }

    private static Finding unloadable(String library, Throwable problem) {
        return Finding.failed(
                library,
                "its native library does not load: " + ErrorRenderer.message(problem),
                "use 64-bit Linux with glibc, macOS or Windows, and make the temporary folder writable and executable");
    }

    private static long physicalMemoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes / MEBIBYTE);
    }
}
