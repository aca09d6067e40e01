package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Manifest;
import io.millrace.trainer.learn.LearningException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a network may be tuned.
 *
 * <p>Threading: immutable.
 */
public sealed interface TrainablePart {

    /** The last layer. */
    record Head() implements TrainablePart {
        @Override
        public String toString() {
            return "head";
        }
    }

    /**
     * The last layer and some blocks before it: an encoder's numbered layers, or the dense layers of a network without
     * such.
     */
    record Last(int blocks) implements TrainablePart {
        public Last {
            if (blocks < 1) {
                throw new IllegalArgumentException("last: " + blocks + " must be at least 1; say head for no block");
            }
        }

        @Override
        public String toString() {
            return "last: " + blocks;
        }
    }

    /** Every weight. */
    record All() implements TrainablePart {
        @Override
        public String toString() {
            return "all";
        }
    }

    /** These initializers of the graph. */
    record Named(List<String> names) implements TrainablePart {
        public Named {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("no name is given of what is trainable");
            }
        }

        @Override
        public String toString() {
            return String.join(", ", names);
        }
    }

    /**
     * What a manifest says.
     *
     * @throws LearningException if it says nothing, or nothing that can be understood
     */
    static TrainablePart of(Manifest manifest) throws LearningException {
        String words = manifest.trainable();
        if (words == null) {
            throw new LearningException("model " + manifest.name()
                    + " says nothing of what is trainable: set trainable to head, last: k, all, or names of weights");
        }
        try {
            return parse(words);
        } catch (IllegalArgumentException e) {
            throw new LearningException("model " + manifest.name() + ": trainable: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a manifest's words.
     *
     * @param text {@code head}, {@code last: 2}, {@code all}, or names of initializers with commas between them
     */
    static TrainablePart parse(String text) {
        String trimmed = text.strip();
        Matcher last = Pattern.compile("last\\s*:\\s*(\\d{1,6})").matcher(trimmed);
        if (last.matches()) {
            return new Last(Integer.parseInt(last.group(1)));
        }
        return switch (trimmed) {
            case "head" -> new Head();
            case "all" -> new All();
            default ->
                new Named(Arrays.stream(trimmed.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
        };
    }
}
