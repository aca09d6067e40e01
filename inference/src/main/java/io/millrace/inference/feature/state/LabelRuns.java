package io.millrace.inference.feature.state;

import io.millrace.inference.feature.LabelRunMeasure;
import java.util.Arrays;

/**
 * A key's runs of positive labels, one for each edge that a run's delay sets. The entries behind the edge count, in their
 * order: a negative one ends the run, a positive one that nothing explains makes it longer. In that order nothing is read
 * twice; a label for an entry before the furthest labelled one changes what it must, a negative one looks through what
 * came after it.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class LabelRuns {
    private static final long DAY_MILLIS = 86_400_000;
    private static final double NO_RUN = -1;
    private static final double NO_GAP = 99;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long NO_ENTRY = -1;

    private final ChunkedLog log;
    private final int[] edges;
    private final Run[] runs;
    private final Run ofEarlier = new Run();

    LabelRuns(EntityPlan plan, ChunkedLog log) {
        this.log = log;
        this.edges = plan.runEdges();
        this.runs = new Run[edges.length];
        Arrays.setAll(runs, i -> new Run());
    }

    boolean isEmpty() {
        return runs.length == 0;
    }

    void clear() {
        for (Run run : runs) {
            run.clear();
        }
    }

    void readFrom(StateReader header, long headMillis) {
        for (Run run : runs) {
            run.furthest = header.readDifference();
            run.negative = header.readDifference();
            run.negativeMillis = header.readByte() == 0 ? NEVER : headMillis - header.readDifference();
            run.length = header.readCount();
            run.startMillis = run.length == 0 ? NEVER : headMillis - header.readDifference();
        }
    }

    void writeTo(StateWriter header, long headMillis) {
        for (Run run : runs) {
            header.writeDifference(run.furthest);
            header.writeDifference(run.negative);
            header.writeByte(run.negativeMillis == NEVER ? 0 : 1);
            if (run.negativeMillis != NEVER) {
                header.writeDifference(headMillis - run.negativeMillis);
            }
            header.writeCount(run.length);
            if (run.length > 0) {
                header.writeDifference(headMillis - run.startMillis);
            }
        }
    }

    /** Says that an edge moved over an entry. */
    void passed(int edge, long number, long entryMillis) {
        for (int i = 0; i < runs.length; i++) {
            if (edges[i] == edge) {
                runs[i].takeNext(number, entryMillis, log.getLong(number, EntityPlan.LABEL));
            }
        }
    }

    /** Says that an entry came in before others, so that those moved on by one. */
    void inserted(long number) {
        for (Run run : runs) {
            run.furthest += run.furthest >= number ? 1 : 0;
            run.negative += run.negative >= number ? 1 : 0;
        }
    }

    /** Says that an entry is labelled otherwise than before. */
    void relabelled(long number, long older, long newer, Cursors cursors) {
        for (int i = 0; i < runs.length; i++) {
            if (number < cursors.position(edges[i])) {
                if (number > runs[i].furthest) {
                    runs[i].takeNext(number, log.time(number), newer);
                } else if (number >= runs[i].negative) {
                    correct(runs[i], number, older, newer);
                }
            }
        }
    }

    private void correct(Run run, long number, long older, long newer) {
        boolean wasCounted = LabelWord.isUnexplainedPositive(older);
        boolean isCounted = LabelWord.isUnexplainedPositive(newer);
        if (number == run.negative || LabelWord.isNegative(newer)) {
            walk(run, run, run.furthest + 1, Long.MAX_VALUE);
        } else if (isCounted && !wasCounted) {
            long entryMillis = log.time(number);
            run.startMillis = run.length == 0 ? entryMillis : Math.min(run.startMillis, entryMillis);
            run.length++;
        } else if (wasCounted && !isCounted) {
            run.length--;
            if (run.length > 0 && log.time(number) == run.startMillis) {
                run.startMillis = firstCounted(run);
            }
        }
    }

    private long firstCounted(Run run) {
        for (long number = Math.max(log.start(), run.negative + 1); number <= run.furthest; number++) {
            if (LabelWord.isUnexplainedPositive(log.getLong(number, EntityPlan.LABEL))) {
                return log.time(number);
            }
        }
        return run.startMillis;
    }

    /** Finds the run anew, back from an entry to the last negative one, by labels up to a time. */
    private void walk(Run known, Run target, long end, long labelledUpToMillis) {
        long negative = known.negative < log.start() ? known.negative : NO_ENTRY;
        long negativeMillis = known.negative < log.start() ? known.negativeMillis : NEVER;
        long length = 0;
        long startMillis = NEVER;
        for (long number = end - 1; number >= log.start(); number--) {
            long word = log.getLong(number, EntityPlan.LABEL);
            if (LabelWord.labelledAtMillis(word) > labelledUpToMillis) {
                continue;
            }
            if (LabelWord.isNegative(word)) {
                negative = number;
                negativeMillis = log.time(number);
                break;
            }
            if (LabelWord.isUnexplainedPositive(word)) {
                length++;
                startMillis = log.time(number);
            }
        }
        target.negative = negative;
        target.negativeMillis = negativeMillis;
        target.length = length;
        target.startMillis = startMillis;
    }

    double value(int index, LabelRunMeasure measure, long timeMillis) {
        return value(runs[index], measure, timeMillis);
    }

    /**
     * The value for an earlier time. Walks back to the last negative label before it, if any label since then counts now.
     *
     * @param earlier where the edges stood
     * @param lastLabelledMillis the latest time that any label in force was labelled at
     */
    double valueOfEarlier(
            int index, LabelRunMeasure measure, long timeMillis, Cursors earlier, long lastLabelledMillis) {
        Run run = runs[index];
        long end = earlier.position(edges[index]);
        if (lastLabelledMillis <= timeMillis && run.furthest < end) {
            return value(run, measure, timeMillis);
        }
        walk(run, ofEarlier, end, timeMillis);
        return value(ofEarlier, measure, timeMillis);
    }

    /** The value for an event of which nothing is kept but itself. */
    static double valueOfNone(LabelRunMeasure measure) {
        return measure == LabelRunMeasure.LENGTH ? 0 : NO_RUN;
    }

    private static double value(Run run, LabelRunMeasure measure, long timeMillis) {
        if (run.length == 0) {
            return valueOfNone(measure);
        }
        return switch (measure) {
            case LENGTH -> run.length;
            case AGE_DAYS -> day(timeMillis) - day(run.startMillis);
            case GAP_DAYS -> run.negativeMillis == NEVER ? NO_GAP : day(timeMillis) - day(run.negativeMillis);
        };
    }

    private static long day(long timeMillis) {
        return Math.floorDiv(timeMillis, DAY_MILLIS);
    }

    /** Plain values; the numbers are those of entries in the log. */
    private static final class Run {
        /** The last entry behind the edge with a label that counts. */
        private long furthest = NO_ENTRY;
        /** The last negative entry behind the edge. */
        private long negative = NO_ENTRY;

        private long negativeMillis = NEVER;
        private long length;
        private long startMillis = NEVER;

        void clear() {
            furthest = NO_ENTRY;
            negative = NO_ENTRY;
            negativeMillis = NEVER;
            length = 0;
            startMillis = NEVER;
        }

        /** Takes an entry that comes after all that were taken. */
        void takeNext(long number, long entryMillis, long word) {
            if (LabelWord.isNegative(word)) {
                furthest = number;
                negative = number;
                negativeMillis = entryMillis;
                length = 0;
                startMillis = NEVER;
            } else if (LabelWord.isUnexplainedPositive(word)) {
                furthest = number;
                startMillis = length == 0 ? entryMillis : startMillis;
                length++;
            }
        }
    }
}
