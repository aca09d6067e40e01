package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.millrace.inference.onnx.ExecutionDevice;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the stream process runs, for all its pipelines.
 *
 * @param threads stream threads per pipeline, each with one more that runs its full batches; 2 by default
 * @param guarantee exactly once by default
 * @param commitInterval after which results become visible to read_committed consumers at the latest, and no sooner than
 *     after a tenth of it when nothing else waits to be scored; 100 ms by default
 * @param device where models run; auto by default
 * @param inferenceThreads threads of one model run; 1 by default, since batches run beside each other
 * @param stateDir folder of the state stores; a folder below the data folder by default
 * @param cacheMegabytes cache of each feature stage, per partition; 32 by default
 * @param standbyReplicas copies of the state on other instances; 0 by default
 */
public record StreamConfig(
        int threads,
        Guarantee guarantee,
        Duration commitInterval,
        ExecutionDevice device,
        int inferenceThreads,
        @Nullable Path stateDir,
        int cacheMegabytes,
        int standbyReplicas) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static StreamConfig of(
            @Nullable Integer threads,
            @Nullable Guarantee guarantee,
            @Nullable Duration commitInterval,
            @Nullable ExecutionDevice device,
            @Nullable Integer inferenceThreads,
            @Nullable Path stateDir,
            @Nullable Integer cacheMegabytes,
            @Nullable Integer standbyReplicas) {
        return new StreamConfig(
                threads == null ? 2 : threads,
                guarantee == null ? Guarantee.EXACTLY_ONCE : guarantee,
                commitInterval == null ? Duration.ofMillis(100) : commitInterval,
                device == null ? ExecutionDevice.AUTO : device,
                inferenceThreads == null ? 1 : inferenceThreads,
                stateDir,
                cacheMegabytes == null ? 32 : cacheMegabytes,
                standbyReplicas == null ? 0 : standbyReplicas);
    }

    /** The defaults. */
    public static StreamConfig defaults() {
        return of(null, null, null, null, null, null, null, null);
    }

    public StreamConfig {
        Checks.range("threads", threads, 1, 256);
        Checks.positive("commit-interval", commitInterval);
        Checks.range("inference-threads", inferenceThreads, 1, 256);
        Checks.range("cache-megabytes", cacheMegabytes, 0, 65_536);
        Checks.range("standby-replicas", standbyReplicas, 0, 16);
    }

    /** The same with another commit interval. */
    public StreamConfig withCommitInterval(Duration interval) {
        return new StreamConfig(
                threads, guarantee, interval, device, inferenceThreads, stateDir, cacheMegabytes, standbyReplicas);
    }

    /** The same on another device. */
    public StreamConfig withDevice(ExecutionDevice other) {
        return new StreamConfig(
                threads, guarantee, commitInterval, other, inferenceThreads, stateDir, cacheMegabytes, standbyReplicas);
    }
}
