package io.millrace.cli.support;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.EncoderTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A classifier of texts of made-up words, in small, that has learned nothing yet; and such texts. */
public final class TextBundles {
    private static final int WORDS = 20;
    private static final int WIDTH = 16;
    private static final int MAX_TOKENS = 24;

    private TextBundles() {}

    /** A bundle with a small encoder, all of which can be trained. */
    public static Bundle untrained(String name) {
        byte[] encoder = new EncoderTemplate(2, WIDTH, 4, 32, WORDS + 1, MAX_TOKENS, 5).model();
        ManifestBuilder manifest = new ManifestBuilder(name, Task.TEXT_CLASSIFICATION, List.of("negative", "positive"))
                .input("input_ids")
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(MAX_TOKENS))
                .trainable("all");
        return Bundle.of(
                manifest.build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        new ClassifierHead(EncoderTemplate.OUTPUT, WIDTH, 2, 5).on(encoder),
                        Bundle.TOKENIZER_BLOB,
                        tokenizer(WORDS)));
    }

    /** Lines of a label, a tab and a text; texts with the word "w7" are 2, others 0, and now and then one is 1. */
    public static List<String> lines(int count, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            int length = 2 + random.nextInt(6);
            for (int k = 0; k < length; k++) {
                int other = random.nextInt(WORDS - 1);
                words.add("w" + (other < 7 ? other : other + 1));
            }
            boolean positive = random.nextInt(2) == 0;
            if (positive) {
                words.set(random.nextInt(length), "w7");
            }
            String label = i % 10 == 9 ? "1" : positive ? "2" : "0";
            lines.add(label + "\t" + String.join(" ", words));
        }
        return lines;
    }

    /** A tokenizer that knows the words w0, w1 and so on. */
    public static byte[] tokenizer(int count) {
        String words = IntStream.range(0, count)
                .mapToObj(word -> "\"w" + word + "\": " + (word + 1))
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, %s}}}
                """.formatted(words).getBytes(StandardCharsets.UTF_8);
    }
}
