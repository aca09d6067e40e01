package io.millrace.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts of random words whose lengths are spread as those of comments are: most are short, a few are many times longer.
 * The logarithm of a length is normal, with 13 words in the middle and 5 % above 48.
 *
 * <p>Threading: immutable. Same words and seed, same texts.
 *
 * @param words to draw from
 * @param longest words of a text
 */
record HeavyTailedTexts(List<String> words, int longest) {
    private static final double MEDIAN_WORDS = 13;
    private static final double DEVIATION = 0.8;

    List<String> some(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(text -> text(random)).toList();
    }

    private String text(Random random) {
        long length = Math.round(MEDIAN_WORDS * Math.exp(DEVIATION * random.nextGaussian()));
        return random.ints(Math.max(2, Math.min(longest, length)), 0, words.size())
                .mapToObj(words::get)
                .collect(Collectors.joining(" "));
    }
}
