package io.millrace.bench;

import io.millrace.cli.score.InputFiles;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Labelled texts of one domain, for models with two classes: the file's least label is the first class, its greatest the
 * last, and what lies between, such as neutral, is left out.
 *
 * <p>Threading: immutable.
 */
record DomainTexts(List<Labelled> texts) {

    /** A text with the index of its class. */
    record Labelled(int label, String text) {}

    DomainTexts {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a file of lines with a label, a tab and a text; gzipped or not.
     *
     * @throws IllegalArgumentException if a line is none, or all labels are the same
     */
    static DomainTexts read(String file) throws IOException {
        List<Labelled> all = new ArrayList<>();
        TreeSet<Integer> labels = new TreeSet<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFiles.bytes(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Labelled read = parse(line, file, all.size() + 1);
                all.add(read);
                labels.add(read.label());
            }
        }
        if (labels.size() < 2) {
            throw new IllegalArgumentException(file + " has the labels " + labels + ": at least two are needed");
        }
        int least = labels.first();
        int greatest = labels.last();
        return new DomainTexts(all.stream()
                .filter(text -> text.label() == least || text.label() == greatest)
                .map(text -> new Labelled(text.label() == least ? 0 : 1, text.text()))
                .toList());
    }

    /** In another order. */
    DomainTexts shuffled(long seed) {
        List<Labelled> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(seed));
        return new DomainTexts(shuffled);
    }

    int size() {
        return texts.size();
    }

    /** Some of them as examples, a second apart. */
    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    ExampleSet examples(int from, int to) {
        List<Example> examples = new ArrayList<>();
        for (int i = from; i < to; i++) {
            long timeMillis = i * 1_000L;
            examples.add(new Example(
                    String.valueOf(i),
                    timeMillis,
                    timeMillis,
                    null,
                    texts.get(i).text(),
                    texts.get(i).label(),
                    1,
                    0.5,
                    1,
                    null));
        }
        return new ExampleSet(examples);
    }

    private static Labelled parse(String line, String file, int number) {
        int tab = line.indexOf('\t');
        try {
            return new Labelled(
                    Integer.parseInt(line.substring(0, Math.max(0, tab)).strip()), line.substring(tab + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "line " + number + " of " + file + " does not begin with a whole number and a tab", e);
        }
    }
}
