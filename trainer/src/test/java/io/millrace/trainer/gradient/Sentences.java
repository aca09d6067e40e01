package io.millrace.trainer.gradient;

import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Labelled sentences of the Stanford Sentiment Treebank, where the data beside the repository has them. */
final class Sentences {
    static final Path TRAINING = file("sst2_glue_train.tsv.gz");
    static final Path DEVELOPMENT = file("sst2_dev.tsv.gz");

    private Sentences() {}

    /** Some of a file's sentences that are neither very short nor very long, drawn by a seed. */
    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    static ExampleSet some(Path file, int count, long seed) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                long words = line.chars().filter(letter -> letter == ' ').count();
                if (words > 4 && words < 20) {
                    lines.add(line);
                }
            }
        }
        Collections.shuffle(lines, new Random(seed));
        List<Example> examples = new ArrayList<>();
        for (String line : lines.subList(0, count)) {
            int tab = line.indexOf('\t');
            int time = examples.size();
            examples.add(new Example(
                    file.getFileName() + "#" + time,
                    time,
                    time,
                    null,
                    line.substring(tab + 1),
                    Integer.parseInt(line.substring(0, tab).strip()),
                    1,
                    0.5,
                    1,
                    null));
        }
        return new ExampleSet(examples);
    }

    private static Path file(String name) {
        return Path.of("..", "..", "shared", "data", name);
    }
}
