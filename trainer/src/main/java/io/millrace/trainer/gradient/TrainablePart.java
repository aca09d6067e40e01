package io.millrace.trainer.gradient;

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
