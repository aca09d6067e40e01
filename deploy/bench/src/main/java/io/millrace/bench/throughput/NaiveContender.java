package io.millrace.bench.throughput;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.Contender;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.StreamContender;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamsProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * What public examples do: Kafka Streams with one {@code session.run} for each record, in {@code processValues}, which is
 * {@code mapValues} that sees the record's offset. Codecs, session options, and the settings of streams, producer and
 * consumer are Millrace's; its session is shared by the threads, its tensors are direct buffers that are used again.
 *
 * <p>Threading: confined to one thread. Lifecycle: application, model and state end with {@link #stop}.
 */
final class NaiveContender implements Contender {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private @Nullable KafkaStreams streams;
    private @Nullable LoadedModel model;
    private @Nullable TemporaryFolder folder;

    NaiveContender() {}

    /** Where the process begins. */
    public static void main(String[] arguments) throws IOException {
        BrokerConnection.muteLoopbackWarnings();
        Contender.serve(new NaiveContender());
    }

    @Override
    public Map<String, Object> run(RunRequest request) throws IOException, ModelRefusedException {
        Bundle bundle = BundleFolder.read(Path.of(request.model()));
        PipelineConfig pipeline = StreamContender.pipeline(request, bundle.manifest());
        StreamConfig stream = StreamContender.stream(request);
        TemporaryFolder state = TemporaryFolder.create("millrace-bench-naive");
        folder = state;
        LoadedModel loaded = new ModelLoader(
                        Devices.resolve(ExecutionDevice.CPU), stream.inferenceThreads(), 1, pipeline.precision())
                .load(new ModelRef(bundle.manifest().name(), 1), bundle);
        model = loaded;
        Properties properties = StreamsProperties.of(
                pipeline, stream, Map.of("bootstrap.servers", request.bootstrap()), "naive", state.path());
        KafkaStreams started = new KafkaStreams(
                topology(request, loaded, pipeline.decision().thresholdOf(bundle.manifest())), properties);
        streams = started;
        started.start();
        return settings(properties);
    }

    private static Topology topology(RunRequest request, LoadedModel model, double threshold) {
        ArenaInput input = ArenaInput.of(model.manifest());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(request.input(), Consumed.with(BYTES, BYTES).withName("read"))
                .processValues(() -> new OneAtATime(model, threshold, input, Clock.systemUTC()), Named.as("score"))
                .to(request.output(), Produced.with(BYTES, BYTES).withName("write"));
        return builder.build();
    }

    private static Map<String, Object> settings(Properties properties) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("threads", properties.get(StreamsConfig.NUM_STREAM_THREADS_CONFIG));
        settings.put("guarantee", properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        settings.put("commitMillis", properties.get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
        settings.put("batchRows", 1);
        settings.put("session", "one, shared by the threads, 1 intra-op thread");
        settings.put("clients", "the settings of Millrace's streams, producer and consumer");
        return settings;
    }

    @Override
    public void stop() {
        KafkaStreams running = streams;
        LoadedModel loaded = model;
        TemporaryFolder state = folder;
        streams = null;
        model = null;
        folder = null;
        if (running != null) {
            running.close(CLOSE_PATIENCE);
        }
        if (loaded != null) {
            loaded.close();
        }
        if (state != null) {
            state.close();
        }
    }
}
