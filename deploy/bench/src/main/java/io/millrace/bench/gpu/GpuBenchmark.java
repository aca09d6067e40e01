package io.millrace.bench.gpu;

import ai.onnxruntime.OrtEnvironment;
import io.millrace.bench.ResidentMemory;
import io.millrace.bench.Spread;
import io.millrace.bench.TextSwapBenchmark;
import io.millrace.bench.TextSwapReport;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Question: does a GPU give the CPU's answers, how fast is it by batch, does our session cost anything over ONNX Runtime
 * itself there, and does swapping leave memory behind?
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: all that a run
 * starts ends with it.
 */
public final class GpuBenchmark {
    /** The most that a probability may differ between devices. */
    public static final double ALLOWED = 1e-3;

    private static final int ROUNDS = 5;
    private static final int WARM_UP_BATCHES = 3;

    private final Plan plan;
    private final @Nullable TextSwapBenchmark swaps;
    private final LongSupplier nanoClock;
    private final Consumer<String> steps;

    /**
     * What to measure.
     *
     * @param rowBatches sizes of batches of features
     * @param textBatches sizes of batches of texts
     * @param secondsPerBatch for each way at each size
     * @param memorySwaps versions loaded one after the other, of each model but that of texts
     * @param textMemorySwaps the same of the model of texts
     */
    public record Plan(
            ExecutionDevice device,
            List<Subject> rows,
            Subject texts,
            List<Integer> rowBatches,
            List<Integer> textBatches,
            double secondsPerBatch,
            int memorySwaps,
            int textMemorySwaps) {
        public Plan {
            if (memorySwaps < 0 || textMemorySwaps < 0 || !(secondsPerBatch > 0)) {
                throw new IllegalArgumentException("swaps must be at least 0 and seconds above 0, were " + memorySwaps
                        + ", " + textMemorySwaps + " and " + secondsPerBatch);
            }
            if (rowBatches.stream().anyMatch(size -> size < 1)
                    || textBatches.stream().anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException(
                        "batches must have at least 1 row, were " + rowBatches + " and " + textBatches);
            }
        }
    }

    /**
     * Makes a benchmark.
     *
     * @param swaps of a model of texts while texts flow; null for none
     * @param steps hears what is done next
     */
    public GpuBenchmark(Plan plan, @Nullable TextSwapBenchmark swaps, LongSupplier nanoClock, Consumer<String> steps) {
        this.plan = plan;
        this.swaps = swaps;
        this.nanoClock = nanoClock;
        this.steps = steps;
    }

    /** Measures; the folder is for the broker and the state. */
    public GpuReport run(Path folder) throws ModelRefusedException, NotQuantizableException, InterruptedException {
        DeviceChoice device = Devices.resolve(plan.device());
        Optional<DeviceMemory> gpu = DeviceMemory.now();
        List<GpuReport.Parity> parity = new ArrayList<>();
        List<GpuReport.Throughput> throughput = new ArrayList<>();
        List<GpuReport.Memory> memory = new ArrayList<>();
        for (Subject subject : all()) {
            steps.accept("parity of " + subject.name());
            parity.add(told(parity(subject, device)));
        }
        for (Subject subject : all()) {
            for (int size : subject == plan.texts() ? plan.textBatches() : plan.rowBatches()) {
                steps.accept("throughput of " + subject.name() + " with batches of " + size);
                throughput.add(told(throughput(subject, device, size)));
            }
        }
        for (Subject subject : all()) {
            int count = subject == plan.texts() ? plan.textMemorySwaps() : plan.memorySwaps();
            steps.accept("memory over " + count + " swaps of " + subject.name());
            memory(subject, device, count).forEach(line -> memory.add(told(line)));
        }
        TextSwapReport swap = null;
        if (swaps != null) {
            steps.accept("swaps while texts flow");
            swap = swaps.run(folder, done -> {});
        }
        return new GpuReport(
                device.kind().name().toLowerCase(Locale.ROOT),
                gpu.map(found -> found.gpu() + ", driver " + found.driver()).orElse(null),
                OrtEnvironment.getEnvironment().getVersion(),
                parity,
                throughput,
                swap,
                memory);
    }

    /** What is known already, in case that a later part fails. */
    private <T> T told(T line) {
        steps.accept("  " + line);
        return line;
    }

    private List<Subject> all() {
        List<Subject> all = new ArrayList<>(plan.rows());
        all.add(plan.texts());
        return all;
    }

    private static GpuReport.Parity parity(Subject subject, DeviceChoice device) throws ModelRefusedException {
        double[] expected = answers(subject, Devices.resolve(ExecutionDevice.CPU));
        double[] actual = answers(subject, device);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
        }
        return new GpuReport.Parity(subject.name(), expected.length, largest, ALLOWED);
    }

    private static double[] answers(Subject subject, DeviceChoice device) throws ModelRefusedException {
        try (LoadedModel model = subject.load(device, 1, 64)) {
            return subject.answers(model);
        }
    }

    private GpuReport.Throughput throughput(Subject subject, DeviceChoice device, int size)
            throws ModelRefusedException {
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (Contest<?> contest = subject.contest(device, size)) {
            for (int i = 0; i < WARM_UP_BATCHES; i++) {
                contest.ours();
                contest.raw();
            }
            for (int round = 0; round < ROUNDS; round++) {
                // What disturbs the machine now and then must not always meet the same one.
                double first = rate(contest, round % 2 == 0 ? Contest::ours : Contest::raw);
                double second = rate(contest, round % 2 == 0 ? Contest::raw : Contest::ours);
                ours.add(round % 2 == 0 ? first : second);
                raw.add(round % 2 == 0 ? second : first);
                ratios.add(ours.get(round) / raw.get(round));
            }
        }
        return new GpuReport.Throughput(subject.name(), size, Spread.of(ours), Spread.of(raw), Spread.of(ratios));
    }

    private double rate(Contest<?> contest, ToIntFunction<Contest<?>> way) {
        long wantedNanos = (long) (plan.secondsPerBatch() / ROUNDS * 1e9);
        long startNanos = nanoClock.getAsLong();
        long rows = 0;
        long spentNanos;
        do {
            rows += way.applyAsInt(contest);
            spentNanos = nanoClock.getAsLong() - startNanos;
        } while (spentNanos < wantedNanos);
        return rows * 1e9 / spentNanos;
    }

    /** Loads versions as a swap does: the next one scores before the last one goes. */
    private static List<GpuReport.Memory> memory(Subject subject, DeviceChoice device, int count)
            throws ModelRefusedException {
        List<GpuReport.Memory> lines = new ArrayList<>();
        if (count == 0) {
            return lines;
        }
        LoadedModel serving = subject.load(device, 1, 64);
        try {
            for (int swap = 1; swap <= count; swap++) {
                LoadedModel next = subject.load(device, swap + 1, 64);
                serving.close();
                serving = next;
                if (isTold(swap, count)) {
                    lines.add(new GpuReport.Memory(
                            subject.name(),
                            swap,
                            ResidentMemory.now().nowBytes(),
                            DeviceMemory.now().map(DeviceMemory::usedBytes).orElse(null),
                            LoadedModel.openSessions()));
                }
            }
        } finally {
            serving.close();
        }
        return lines;
    }

    private static boolean isTold(int swap, int count) {
        return swap == 1 || swap == count || swap % Math.max(1, count / 10) == 0;
    }
}
