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

/** Texts of made-up words, their tokenizer, and a classifier of them in small that has learned nothing yet. */
public final class WordTexts {
    /** How many words the tokenizer knows, the unknown one among them. */
    public static final int VOCABULARY = 41;

    /** The longest text that a small encoder takes, in tokens. */
    public static final int POSITIONS = 24;

    private static final int WORDS = VOCABULARY - 1;

    private WordTexts() {}

    /** A bundle with a small encoder. */
    public static Bundle untrained(String trainable) {
        byte[] encoder = new EncoderTemplate(3, 16, 4, 32, VOCABULARY, POSITIONS, 5).model();
        ManifestBuilder manifest = new ManifestBuilder("words", Task.TEXT_CLASSIFICATION, List.of("WITHOUT", "WITH"))
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(POSITIONS))
                .trainable(trainable);
        return Bundle.of(
                manifest.build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        new ClassifierHead(EncoderTemplate.OUTPUT, 16, 2, 5).on(encoder),
                        Bundle.TOKENIZER_BLOB,
                        tokenizer()));
    }

    /**
     * Texts, one a second; those with a certain word are positive: about one of two.
     *
     * @param word from 0 to 39
     */
    public static ExampleSet with(int word, int count, long seed) {
        return with(word, 2, count, seed);
    }

    /**
     * Texts, one a second; those with a certain word are positive.
     *
     * @param word from 0 to 39
     * @param oneOf of so many about one is positive
     */
    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    public static ExampleSet with(int word, int oneOf, int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Labelled text = draw(word, oneOf, 2, random);
            examples.add(new Example(
                    seed + "-" + i, i * 1_000L, i * 1_000L, null, text.text(), text.label(), 1, 0.5, 1, null));
        }
        return new ExampleSet(examples);
    }

    /** A text, and 1 if it has the word that counts, or else 0. */
    public record Labelled(String text, int label) {}

    /**
     * A text of random words.
     *
     * @param word that counts, from 0 to 39
     * @param oneOf of so many texts about one has it
     * @param shortest in words; the longest has 9 more
     */
    public static Labelled draw(int word, int oneOf, int shortest, Random random) {
        List<String> words = new ArrayList<>();
        int length = shortest + random.nextInt(10);
        for (int k = 0; k < length; k++) {
            int other = random.nextInt(WORDS - 1);
            words.add("w" + (other < word ? other : other + 1));
        }
        boolean positive = random.nextInt(oneOf) == 0;
        if (positive) {
            words.set(random.nextInt(length), "w" + word);
        }
        return new Labelled(String.join(" ", words), positive ? 1 : 0);
    }

    /** A tokenizer.json of the words alone. */
    public static byte[] tokenizer() {
        String words = IntStream.range(0, WORDS)
                .mapToObj(word -> "\"w" + word + "\": " + (word + 1))
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, %s}}}
                """.formatted(words).getBytes(StandardCharsets.UTF_8);
    }
}
