package io.millrace.stream.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.schemas.registry.FolderBlobStore;
import io.millrace.stream.support.TestModels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSwitchTest {
    private static final DeviceChoice CPU = new DeviceChoice(DeviceChoice.Kind.CPU, "a test");

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private StatusWriter status;
    private ModelSwitch modelSwitch;

    @BeforeEach
    void makeSwitch() {
        // Nothing is written, so that nobody needs to listen.
        status = new StatusWriter(Map.of("bootstrap.servers", "localhost:1"), "one", "cpu", Clock.systemUTC());
        ModelFetcher fetcher = new ModelFetcher(new FolderBlobStore(folder), new ModelLoader(CPU, 1, 16), false);
        modelSwitch = new ModelSwitch("p", "fraud", fetcher, status, Optional.empty(), null, nanos::get);
    }

    @AfterEach
    void closeStatus() {
        status.close();
    }

    @Test
    void aReplacedVersionWaitsForTheWatcherUntilTheFirstBatchesOfTheNextAreOver() {
        LoadedModel first = model(1);
        modelSwitch.slot().replace(first);

        modelSwitch.slot().replace(model(2));

        assertThat(first.isClosed()).as("closed on the record path").isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(249));
        modelSwitch.closeRetired();
        assertThat(first.isClosed()).as("closed beside the first batches").isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        modelSwitch.closeRetired();
        assertThat(first.isClosed()).isTrue();
        modelSwitch.close();
    }

    @Test
    void theEndClosesAllThatNothingScoresWith() {
        LoadedModel first = model(1);
        LoadedModel second = model(2);
        modelSwitch.slot().replace(first);
        modelSwitch.slot().replace(second);

        modelSwitch.close();

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void aBatchThatOutlivesTheEndClosesItsVersion() {
        LoadedModel model = model(1);
        modelSwitch.slot().replace(model);
        ModelLease batch = modelSwitch.slot().lease().orElseThrow();
        modelSwitch.close();
        assertThat(model.isClosed()).isFalse();

        batch.close();

        assertThat(model.isClosed()).isTrue();
    }

    private static LoadedModel model(int version) {
        return TestModels.load(version, TestModels.AMOUNT_ONLY, 1, version);
    }
}
