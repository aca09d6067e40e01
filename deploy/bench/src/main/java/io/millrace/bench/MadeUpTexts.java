package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.EncoderTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts of made-up words, and a classifier of such: what a measurement of time and memory needs, without a download.
 *
 * <p>Threading: immutable. Same sizes and seed, same texts.
 *
 * @param encoder sizes of the classifier's encoder
 */
public record MadeUpTexts(EncoderTemplate encoder) {
    private static final int LEAST_WORDS = 4;
    private static final int MOST_WORDS = 40;

    /** A classifier that has learned nothing. */
    public Bundle classifier(String trainable) {
        byte[] model =
                new ClassifierHead(EncoderTemplate.OUTPUT, encoder.width(), 2, encoder.seed()).on(encoder.model());
        return Bundle.of(
                new ManifestBuilder("made-up", Task.TEXT_CLASSIFICATION, List.of("ODD", "EVEN"))
                        .input("input_ids")
                        .output(ClassifierHead.OUTPUT)
                        .trainable(trainable)
                        .build(),
                Map.of(Bundle.MODEL_BLOB, model, "tokenizer.json", tokenizer()));
    }

    /** Texts whose class is whether their first word's number is even. */
    public ExampleSet examples(int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] words = random.ints(
                            LEAST_WORDS + random.nextInt(Math.min(MOST_WORDS, encoder.positions()) - LEAST_WORDS),
                            1,
                            encoder.vocabulary())
                    .toArray();
            String text = IntStream.of(words).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
            examples.add(example("text-" + seed + "-" + i, i, text, words[0] % 2 == 0 ? 1 : 0));
        }
        return new ExampleSet(examples);
    }

    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    private static Example example(String id, long timeMillis, String text, int label) {
        return new Example(id, timeMillis, timeMillis, null, text, label, 1, 0.5, 1, null);
    }

    private byte[] tokenizer() {
        String words = IntStream.range(1, encoder.vocabulary())
                .mapToObj(word -> "\"w" + word + "\": " + word)
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, %s}}}
                """.formatted(words).getBytes(StandardCharsets.UTF_8);
    }
}
