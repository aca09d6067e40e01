package io.millrace.bench;

import io.millrace.cli.score.InputFiles;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.gradient.EncoderTemplate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Model and texts of a benchmark, from what a user asked for. */
public final class TextBenchmarks {
    private static final EncoderTemplate TINY = new EncoderTemplate(2, 32, 4, 64, 500, 128, 0);
    private static final int MADE_UP_WORDS = 499;
    private static final int LONGEST_WORDS = 64;
    private static final List<String> WORDS = List.of(
            ("the a this it is was not and but for with of to in on very really quite so good great nice fine bad poor awful"
                            + " battery screen phone price quality service food place movie story actor plot works broke"
                            + " stopped bought returned love hate like expected better worse cheap slow fast easy hard"
                            + " again never always after before all much")
                    .split(" "));

    private TextBenchmarks() {}

    /**
     * What to measure.
     *
     * @param model folder of a model of texts; null for one that has learned nothing
     * @param input file of texts; null for made-up ones
     * @param small whether the model that has learned nothing is a tiny one
     * @param texts per round
     */
    public record Request(
            @Nullable Path model,
            @Nullable String input,
            boolean small,
            int texts,
            int rounds,
            int threads,
            long seed) {
        public Request {
            if (texts < 1 || rounds < 1 || threads < 1) {
                throw new IllegalArgumentException("at least 1 text, 1 round and 1 thread are needed, were " + texts
                        + ", " + rounds + " and " + threads);
            }
        }
    }

    /** Reads or makes up what is asked for. */
    public static TextBenchmark of(Request request) throws IOException, NotQuantizableException {
        Path folder = request.model();
        Bundle bundle = bundle(folder, request.small());
        TextSettings settings = bundle.manifest().text();
        if (settings == null) {
            throw new IllegalArgumentException(
                    "--model must name a model of texts, " + bundle.manifest().name() + " reads features");
        }
        int wanted = request.texts() * (request.rounds() + 1);
        String input = request.input();
        List<String> all = input == null
                ? new HeavyTailedTexts(words(folder), settings.maxTokens() - 2).some(wanted, request.seed())
                : read(input, wanted);
        List<List<String>> rounds = new ArrayList<>();
        for (int start = 0; start < wanted; start += request.texts()) {
            rounds.add(all.subList(start, start + request.texts()));
        }
        return new TextBenchmark(bundle, rounds, request.threads(), System::nanoTime);
    }

    /**
     * A benchmark of swaps.
     *
     * @param model as in {@link Request}
     */
    public static TextSwapBenchmark ofSwaps(
            @Nullable Path model, boolean small, int swaps, double textsPerSecond, ExecutionDevice device)
            throws NotQuantizableException {
        return new TextSwapBenchmark(bundle(model, small), words(model), swaps, textsPerSecond, device);
    }

    /** Made-up texts that a model can read; lengths are spread as those of comments are. */
    public static List<String> texts(@Nullable Path model, int count, long seed) {
        return new HeavyTailedTexts(words(model), LONGEST_WORDS).some(count, seed);
    }

    /** A model of texts; one that has learned nothing, tiny if that is wanted, where no folder is named. */
    public static Bundle bundle(@Nullable Path folder, boolean small) {
        return folder == null
                ? new MadeUpTexts(small ? TINY : EncoderTemplate.small(0)).classifier("head")
                : BundleFolder.read(folder);
    }

    private static List<String> words(@Nullable Path folder) {
        return folder == null
                ? IntStream.rangeClosed(1, MADE_UP_WORDS)
                        .mapToObj(word -> "w" + word)
                        .toList()
                : WORDS;
    }

    /** The first texts of a file that differ: one a line, behind a tab if there is one. */
    private static List<String> read(String input, int count) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(InputFiles.bytes(input), StandardCharsets.UTF_8))) {
            List<String> texts = lines.lines()
                    .map(line -> line.substring(line.indexOf('\t') + 1).strip())
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .limit(count)
                    .toList();
            if (texts.size() < count) {
                throw new IllegalArgumentException(input + " holds " + texts.size() + " texts that differ, and " + count
                        + " are needed: ask for fewer --texts or --rounds");
            }
            return texts;
        }
    }
}
