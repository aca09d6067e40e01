package io.millrace.bench.gpu;

import io.millrace.bench.Spread;
import io.millrace.bench.TextSwapReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found on a device.
 *
 * @param device cpu or cuda
 * @param gpu name and driver of the GPU; null without one
 * @param runtime version of ONNX Runtime's native part
 * @param swap texts that flowed while their model was swapped; null when no swaps were asked for
 */
public record GpuReport(
        String device,
        @Nullable String gpu,
        String runtime,
        List<Parity> parity,
        List<Throughput> throughput,
        @Nullable TextSwapReport swap,
        List<Memory> memory) {

    /** How far the device's probabilities are from those of the CPU. */
    public record Parity(String model, int rows, double largestDifference, double allowed) {}

    /**
     * Rows per second with batches of one size.
     *
     * @param ours from features or tokens to probabilities, in the stream's own session
     * @param raw ONNX Runtime alone, tensors ready
     * @param ratio ours as a multiple of raw, in the same round
     */
    public record Throughput(String model, int batch, Spread ours, Spread raw, Spread ratio) {}

    /**
     * Memory after so many swaps.
     *
     * @param deviceBytes of the GPU, by all processes; null without one
     */
    public record Memory(
            String model,
            int swaps,
            long residentBytes,
            @Nullable Long deviceBytes,
            long openSessions) {}
}
