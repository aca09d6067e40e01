package io.millrace.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.support.CommandRun;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuBenchmarkTest {
    private static final Path FRAUD = Path.of("..", "models", "fraud");

    @Test
    void measuresAllPartsOnACpu() throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "gpu",
                "--device",
                "cpu",
                "--small",
                "--fraud",
                FRAUD.toString(),
                "--batches",
                "1,300",
                "--text-batches",
                "4",
                "--seconds",
                "0.05",
                "--memory-swaps",
                "20",
                "--text-memory-swaps",
                "2",
                "--swaps",
                "0",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("device").asText()).isEqualTo("cpu");
        assertThat(report.get("parity").findValuesAsText("model"))
                .containsExactly("fraud", "network 15-64-32", "made-up");
        assertThat(report.get("throughput").findValuesAsText("batch")).containsExactly("1", "300", "1", "300", "4");
        for (JsonNode line : report.get("throughput")) {
            assertThat(line.get("ratio").get("median").asDouble()).isPositive();
        }
        assertThat(report.get("memory").findValuesAsText("openSessions")).containsOnly("1");
        assertThat(report.get("memory").get(0).get("residentBytes").asLong()).isPositive();
    }

    @Test
    void bothWaysScoreTheSameNumberOfRowsEachTime() throws Exception {
        DeviceChoice cpu = Devices.resolve(ExecutionDevice.CPU);
        RowSubject rows = RowSubject.of("fraud", BundleFolder.read(FRAUD), 50, 0);
        TextSubject texts =
                new TextSubject("texts", TextBenchmarks.bundle(null, true), TextBenchmarks.texts(null, 10, 0));

        try (Contest<double[]> ofRows = rows.contest(cpu, 7);
                Contest<?> ofTexts = texts.contest(cpu, 4)) {
            for (int i = 0; i < 12; i++) {
                assertThat(List.of(ofRows.ours(), ofRows.raw())).containsOnly(7);
                assertThat(List.of(ofTexts.ours(), ofTexts.raw())).containsOnly(4);
            }
        }
    }

    @Test
    void aRefusalOfTheRawSessionClosesTheModelBeside() throws Exception {
        DeviceChoice cpu = Devices.resolve(ExecutionDevice.CPU);
        Bundle good = BundleFolder.read(FRAUD);
        Map<String, byte[]> blobs = new HashMap<>(good.blobs());
        blobs.put(Bundle.MODEL_BLOB, new byte[] {1, 2, 3});
        Subject broken = new RowSubject("broken", Bundle.of(good.manifest(), blobs), List.of());
        LoadedModel model = RowSubject.of("fraud", good, 1, 0).load(cpu, 1, 1);

        assertThatThrownBy(() -> broken.rawBeside(model, cpu))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("ONNX Runtime refuses the model");

        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void withoutCudaItSaysSo() {
        assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

        CommandRun run = CommandRun.of("bench", "gpu", "--small", "--fraud", FRAUD.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("device 'cuda' was asked for, but");
    }

    @Test
    void anEmptyBatchIsWrongUse() {
        CommandRun run = CommandRun.of("bench", "gpu", "--small", "--fraud", FRAUD.toString(), "--batches", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("batches must have at least 1 row, were [0]");
    }

    @Test
    void readsWhatTheGpusToolSays() {
        assertThat(DeviceMemory.parse("NVIDIA H100 80GB HBM3, 580.1.2, 1234\n"))
                .contains(new DeviceMemory("NVIDIA H100 80GB HBM3", "580.1.2", 1234L * 1024 * 1024));
        assertThat(DeviceMemory.parse("No devices were found")).isEmpty();
    }
}
