package io.millrace.stream.support;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A real model of texts in small: each "good" adds to the log-odds of the class positive, each "bad" takes from them,
 * and all other words count nothing. It cannot run over the word "broken", which it has no weights for.
 */
public final class TextModels {
    public static final List<String> CLASSES = List.of("negative", "positive");

    /** Of the tokens [UNK], [CLS], [SEP], good, bad, film: what each adds to the two classes. */
    private static final float[] WEIGHTS = {0, 0, 0, 0, 0, 0, -1, 1, 1, -1, 0, 0};

    private TextModels() {}

    /** A version whose weights are multiplied by a strength; texts may have so many tokens. */
    public static LoadedModel load(int version, float strength, int maxTokens) {
        try {
            return new ModelLoader(new DeviceChoice(DeviceChoice.Kind.CPU, "a test"), 1, 16)
                    .load(new ModelRef("mood", version), bundle(strength, maxTokens));
        } catch (ModelRefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same, not loaded. */
    public static Bundle bundle(float strength, int maxTokens) {
        Manifest manifest = new ManifestBuilder("mood", Task.TEXT_CLASSIFICATION, CLASSES)
                .text(new TextSettings(maxTokens))
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, graph(strength), Bundle.TOKENIZER_BLOB, tokenizer()));
    }

    /** What a version of this strength says of a text with so many more "good" than "bad". */
    public static double positive(double strength, int goodLessBad) {
        return 1 / (1 + Math.exp(-2.0 * strength * goodLessBad));
    }

    private static byte[] graph(float strength) {
        float[] weights = WEIGHTS.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= strength;
        }
        return new GraphBuilder("words")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .input("attention_mask", OnnxTypes.INT64, -1, -1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("words", weights, WEIGHTS.length / 2, 2)
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
                {"version": "1.0",
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                                "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                              {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [2], "tokens": ["[SEP]"]}}},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]",
                           "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "good": 3, "bad": 4, "film": 5, "broken": 6}}}
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
