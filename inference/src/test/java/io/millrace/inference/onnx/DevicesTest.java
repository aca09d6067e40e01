package io.millrace.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void takesTheCpuWhenAskedTo() {
        assertThat(Devices.resolve(ExecutionDevice.CPU).kind()).isEqualTo(DeviceChoice.Kind.CPU);
    }

    @Test
    void saysWhyItChose() {
        DeviceChoice choice = Devices.resolve(ExecutionDevice.AUTO);

        assertThat(choice.reason()).startsWith("chosen automatically: ");
    }

    @Test
    void failsClearlyWhenCudaIsAskedForAndNotThere() {
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build has CUDA, so what is tested here depends on the machine");

        assertThatThrownBy(() -> Devices.resolve(ExecutionDevice.CUDA))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessageContaining("'cuda' was asked for")
                .hasMessageContaining("-Pcuda")
                .hasMessageContaining("'auto' or 'cpu'");
    }
}
