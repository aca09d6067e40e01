package io.millrace.bench.throughput;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The pipelines that are measured. */
public enum Kind {
    /** Features that come with the event, and a network. */
    STATELESS(2_000_000),
    /** Features that the stream computes, with a repartition between customers and terminals, and trees. */
    STATEFUL(500_000),
    /** Texts and an encoder. */
    TEXT(1_500);

    private final long records;

    Kind(long records) {
        this.records = records;
    }

    /** Records of a round, unless others are asked for. */
    public long records() {
        return records;
    }

    /** The limits and peers that take part beside Millrace. */
    List<String> others() {
        return switch (this) {
            case STATELESS ->
                List.of(Entrant.CONSTANT, Entrant.RAW, Entrant.NAIVE, Entrant.FLINK, Entrant.FLINK_BATCHED);
            case STATEFUL -> List.of(Entrant.CONSTANT, Entrant.RAW);
            case TEXT -> List.of(Entrant.CONSTANT, Entrant.RAW, Entrant.NAIVE);
        };
    }

    /** Those whose slowest is the limit. */
    List<String> limits() {
        return switch (this) {
            case STATELESS -> List.of(Entrant.CONSTANT, Entrant.RAW);
            case STATEFUL -> List.of(Entrant.CONSTANT);
            case TEXT -> List.of(Entrant.RAW);
        };
    }

    /** The name that a user says. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By that name. */
    public static Kind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pipeline '" + word + "', there are "
                        + Arrays.stream(values()).map(Kind::word).toList()));
    }
}
