package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A classifier of texts of made-up words, in small, that has learned nothing yet. */
public final class WordTexts {
    private static final int WORDS = 40;
    private static final int POSITIONS = 24;

    private WordTexts() {}

    /** A bundle with a small encoder. */
    public static Bundle untrained(String trainable) {
        byte[] encoder = new EncoderTemplate(3, 16, 4, 32, WORDS + 1, POSITIONS, 5).model();
        ManifestBuilder manifest = new ManifestBuilder("words", Task.TEXT_CLASSIFICATION, List.of("WITHOUT", "WITH"))
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(POSITIONS))
                .trainable(trainable);
        return Bundle.of(
                manifest.build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        new ClassifierHead(EncoderTemplate.OUTPUT, 16, 2, 5).on(encoder),
                        "tokenizer.json",
                        tokenizer().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Texts, one a second; those with a certain word are positive.
     *
     * @param word from 0 to 39
     */
    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    public static ExampleSet with(int word, int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            int length = 2 + random.nextInt(10);
            for (int k = 0; k < length; k++) {
                int other = random.nextInt(WORDS - 1);
                words.add("w" + (other < word ? other : other + 1));
            }
            boolean positive = random.nextInt(2) == 0;
            if (positive) {
                words.set(random.nextInt(length), "w" + word);
            }
            examples.add(new Example(
                    seed + "-" + i,
                    i * 1_000L,
                    i * 1_000L,
                    null,
                    String.join(" ", words),
                    positive ? 1 : 0,
                    1,
                    0.5,
                    1,
                    null));
        }
        return new ExampleSet(examples);
    }

    private static String tokenizer() {
        String words = IntStream.range(0, WORDS)
                .mapToObj(word -> "\"w" + word + "\": " + (word + 1))
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, %s}}}
                """.formatted(words);
    }
}
