package io.millrace.trainer.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A treebank's texts, which are sentences and phrases of these, cut in two so that no phrase of a held-out sentence is
 * learned from: held-out figures would flatter otherwise.
 *
 * <p>Threading: immutable.
 *
 * @param training in the order in which they were given
 * @param heldOut whole sentences
 */
public record PhraseSplit(List<LabelledText> training, List<LabelledText> heldOut) {

    public PhraseSplit {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Cuts.
     *
     * @param count sentences to hold out
     * @param seed of the choice of sentences
     */
    public static PhraseSplit of(List<LabelledText> texts, int count, long seed) {
        Map<String, Set<String>> phrases = phrasesOfSentences(texts);
        List<String> sentences = new ArrayList<>(phrases.keySet());
        if (sentences.size() < 2 * count) {
            throw new IllegalArgumentException(count + " sentences cannot be held out of " + sentences.size()
                    + " that are no phrase of another: hold out less than half");
        }
        Collections.shuffle(sentences, new Random(seed));
        Set<String> held = new HashSet<>(sentences.subList(0, count));
        Set<String> dropped = new HashSet<>(held);
        held.forEach(sentence -> dropped.addAll(phrases.getOrDefault(sentence, Set.of())));
        return new PhraseSplit(
                texts.stream().filter(text -> !dropped.contains(text.text())).toList(),
                texts.stream().filter(text -> held.contains(text.text())).toList());
    }

    /**
     * Whole sentences to learn from, as many of each class as of another.
     *
     * @param count at most so many
     * @param seed of their choice
     */
    List<LabelledText> sentences(int count, int classes, long seed) {
        Set<String> whole = phrasesOfSentences(training).keySet();
        List<LabelledText> shuffled = new ArrayList<>(
                training.stream().filter(text -> whole.contains(text.text())).toList());
        Collections.shuffle(shuffled, new Random(seed));
        int[] left = new int[classes];
        Arrays.fill(left, count / classes);
        return shuffled.stream().filter(text -> left[text.label()]-- > 0).toList();
    }

    /** Texts that are no phrase of another one, each with those that are a phrase of it. */
    private static Map<String, Set<String>> phrasesOfSentences(List<LabelledText> texts) {
        Set<String> all = new HashSet<>();
        texts.forEach(text -> all.add(text.text()));
        List<String> longestFirst = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        Set<String> found = new HashSet<>();
        Map<String, Set<String>> phrases = new LinkedHashMap<>();
        for (String text : longestFirst) {
            if (!found.contains(text)) {
                Set<String> own = phrasesOf(text, all);
                found.addAll(own);
                phrases.put(text, own);
            }
        }
        return phrases;
    }

    private static Set<String> phrasesOf(String text, Set<String> all) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Integer> ends = new ArrayList<>();
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
            ends.add(space);
            starts.add(space + 1);
        }
        ends.add(text.length());
        Set<String> own = new HashSet<>();
        for (int first = 0; first < starts.size(); first++) {
            for (int last = first; last < ends.size(); last++) {
                String phrase = text.substring(starts.get(first), ends.get(last));
                if (all.contains(phrase)) {
                    own.add(phrase);
                }
            }
        }
        return own;
    }
}
