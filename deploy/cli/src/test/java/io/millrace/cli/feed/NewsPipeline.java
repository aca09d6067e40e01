package io.millrace.cli.feed;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A whole pipeline of texts with a feed, whose model counts the words "good" and "bad". */
final class NewsPipeline {
    static final String INPUT = "texts";

    /** Of the tokens [UNK], good and bad: what each adds to the two classes. */
    private static final float[] WEIGHTS = {0, 0, -1, 1, 1, -1};

    private NewsPipeline() {}

    static StreamApp start(String servers, Path stateDir) {
        PipelineConfig pipeline = PipelineConfig.of(
                FeedFixture.PIPELINE,
                InputConfig.of(INPUT, null, "id", "at", null, null, null, null, "text", null),
                null,
                2,
                null,
                null,
                null,
                null,
                null,
                null,
                FeedFixture.CONFIG,
                null);
        StreamConfig stream = new StreamConfig(
                2, Guarantee.EXACTLY_ONCE, Duration.ofMillis(100), ExecutionDevice.CPU, 1, null, 16, 0);
        StreamApp app = new StreamApp(new StreamApp.Settings(
                Map.of("bootstrap.servers", servers),
                stream,
                List.of(pipeline),
                "instance-1",
                stateDir,
                Clock.systemUTC(),
                new SimpleMeterRegistry()));
        app.start();
        return app;
    }

    static void publish(String servers) {
        Bundle bundle = bundle();
        try (ModelRegistryWriter writer = new ModelRegistryWriter(
                Map.of("bootstrap.servers", servers), FeedFixture.PIPELINE, "test", Clock.systemUTC())) {
            var unused = writer.publish(
                    new VersionDraft(FeedFixture.PIPELINE, bundle.manifestYaml(), bundle.blobs()),
                    PublishAs.CHAMPION,
                    "a test");
        }
    }

    private static Bundle bundle() {
        var manifest = new ManifestBuilder(
                        FeedFixture.PIPELINE, Task.TEXT_CLASSIFICATION, List.of("negative", "positive"))
                .text(new TextSettings(16))
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, graph(), Bundle.TOKENIZER_BLOB, tokenizer()));
    }

    private static byte[] graph() {
        return new GraphBuilder("words")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .input("attention_mask", OnnxTypes.INT64, -1, -1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("words", WEIGHTS, WEIGHTS.length / 2, 2)
                .initializer(axes("last", -1))
                .initializer(axes("second", 1))
                .node("Gather", List.of("words", "input_ids"), List.of("each"))
                .node("Cast", List.of("attention_mask"), List.of("mask"), OnnxAttributes.integer("to", OnnxTypes.FLOAT))
                .node("Unsqueeze", List.of("mask", "last"), List.of("column"))
                .node("Mul", List.of("each", "column"), List.of("counted"))
                .node(
                        "ReduceSum",
                        List.of("counted", "second"),
                        List.of("logits"),
                        OnnxAttributes.integer("keepdims", 0))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", 1))
                .toModel()
                .toByteArray();
    }

    private static byte[] tokenizer() {
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "good": 1, "bad": 2}}}
                """.getBytes(StandardCharsets.UTF_8);
    }

    private static TensorProto axes(String name, long axis) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.INT64)
                .addDims(1)
                .addInt64Data(axis)
                .build();
    }
}
