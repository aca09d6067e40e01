package io.millrace.trainer.example;

/**
 * Records of one partition of the example topic.
 *
 * @param partition which
 * @param from the first offset
 * @param to the offset after the last one
 */
public record ExampleRange(int partition, long from, long to) {
    public ExampleRange {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException("no range of offsets: " + partition + ":" + from + "-" + to);
        }
    }

    @Override
    public String toString() {
        return partition + ":" + from + "-" + to;
    }
}
