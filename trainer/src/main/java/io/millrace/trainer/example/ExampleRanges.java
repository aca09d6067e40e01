package io.millrace.trainer.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was read of the example topic: enough to read the same again.
 *
 * <p>Threading: immutable.
 *
 * @param ranges by partition, one for each
 */
public record ExampleRanges(List<ExampleRange> ranges) {
    private static final Pattern RANGE = Pattern.compile("(\\d+):(\\d+)-(\\d+)");

    public ExampleRanges {
        ranges = ranges.stream()
                .sorted(Comparator.comparingInt(ExampleRange::partition))
                .toList();
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static ExampleRanges parse(String text) {
        List<ExampleRange> ranges = new ArrayList<>();
        for (String word :
                text.isBlank() ? List.<String>of() : List.of(text.strip().split(" +"))) {
            Matcher matcher = RANGE.matcher(word);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + text
                        + "' must be ranges of offsets such as 0:0-5000 1:0-4980, but '" + word + "' is none");
            }
            ranges.add(new ExampleRange(
                    Integer.parseInt(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3))));
        }
        return new ExampleRanges(ranges);
    }

    /** The offset up to which a partition was read; 0 for one that was not. */
    public long to(int partition) {
        return ranges.stream()
                .filter(range -> range.partition() == partition)
                .mapToLong(ExampleRange::to)
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return ranges.stream().map(ExampleRange::toString).collect(Collectors.joining(" "));
    }
}
