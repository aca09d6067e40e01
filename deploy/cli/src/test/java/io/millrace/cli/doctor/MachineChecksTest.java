package io.millrace.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.doctor.Finding.Verdict;
import io.millrace.inference.onnx.ExecutionDevice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {

    private static final long GIBIBYTE = 1024L * 1024 * 1024;

    @Test
    void wantsJavaSeventeen() {
        assertThat(MachineChecks.java(17).verdict()).isEqualTo(Verdict.OK);
        assertThat(MachineChecks.java(11).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void wantsAGibibyteOfMemoryAndLikesTwo() {
        assertThat(MachineChecks.memory(GIBIBYTE / 2, 1).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(MachineChecks.memory(GIBIBYTE, 1).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(MachineChecks.memory(2 * GIBIBYTE, 1).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void loadsTheNativeLibrariesAndLooksAtTheDiskOfAFolderThatIsNotThereYet(@TempDir Path folder) {
        assertThat(MachineChecks.run(folder.resolve("a/b"), ExecutionDevice.CPU))
                .filteredOn(finding ->
                        !finding.check().equals("memory") && !finding.check().equals("disk"))
                .allMatch(finding -> finding.verdict() == Verdict.OK)
                .extracting(Finding::check)
                .containsExactly("java", "onnx runtime", "rocksdb");
    }
}
