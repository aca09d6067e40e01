package io.millrace.stream.feed;

import io.millrace.stream.event.FeedItem;
import java.util.List;

/**
 * The running totals of one window. They depend on which texts came, never on their order.
 *
 * <p>A text weighs 2<sup>-age / half-life</sup> in the decayed mean, its age taken at the window's end. When there are
 * more distinct texts than are kept, those with the smallest hashes stay, which are a random sample of all, and the
 * k-th smallest hash h<sub>k</sub> of 2<sup>64</sup> estimates their number as (k - 1) 2<sup>64</sup> /
 * h<sub>k</sub> (Bar-Yossef et al., Counting distinct elements in a data stream, 2002).
 *
 * <p>Threading: confined to its task. Units: milliseconds of event time.
 */
final class WindowTotals {
    /** A variance below this may be none at all, in doubles. */
    private static final double ROUNDING = 0x1p-48;

    private final Terms terms;
    private final long endMillis;
    private final FixedSum scores;
    private final FixedSum squares;
    private final FixedSum weights;
    private final FixedSum weightedScores;
    private long volume;
    private int kept;
    private int positive;
    private int negative;
    private long distinct;
    private boolean sampled;
    private int revision;
    private boolean closed;

    /**
     * What a window is begun with and keeps, whatever the configuration says later.
     *
     * @param halfLifeMillis in which the weight of a text halves
     * @param texts that are kept
     * @param classes of the model
     */
    record Terms(long halfLifeMillis, int texts, int classes) {}

    /**
     * What is counted.
     *
     * @param volume all texts
     * @param kept distinct texts that are kept
     * @param distinct texts as the last point said, estimated when sampled
     * @param sampled whether there were more than are kept
     * @param revision of the last point, 0 for none
     * @param closed whether its texts are forgotten, so that none can be taken in any more
     */
    record Counts(
            long volume,
            int kept,
            int positive,
            int negative,
            long distinct,
            boolean sampled,
            int revision,
            boolean closed) {}

    WindowTotals(Terms terms, long endMillis) {
        this(
                terms,
                endMillis,
                new Counts(0, 0, 0, 0, 0, false, 0, false),
                List.of(new FixedSum(), new FixedSum(), new FixedSum(), new FixedSum()));
    }

    /** Goes on from what {@link #counts} and {@link #sums} gave. */
    WindowTotals(Terms terms, long endMillis, Counts counts, List<FixedSum> sums) {
        this.terms = terms;
        this.endMillis = endMillis;
        this.scores = sums.get(0);
        this.squares = sums.get(1);
        this.weights = sums.get(2);
        this.weightedScores = sums.get(3);
        this.volume = counts.volume;
        this.kept = counts.kept;
        this.positive = counts.positive;
        this.negative = counts.negative;
        this.distinct = counts.distinct;
        this.sampled = counts.sampled;
        this.revision = counts.revision;
        this.closed = counts.closed;
    }

    Terms terms() {
        return terms;
    }

    Counts counts() {
        return new Counts(volume, kept, positive, negative, distinct, sampled, revision, closed);
    }

    List<FixedSum> sums() {
        return List.of(scores, squares, weights, weightedScores);
    }

    /** Takes in a text of this window. */
    void add(FeedItem item, WindowTexts texts) {
        volume++;
        long hash = item.textHash();
        CountedText text = CountedText.of(item);
        CountedText known = texts.get(hash);
        if (known != null) {
            if (text.countsBefore(known)) {
                change(known, -1);
                change(text, 1);
                texts.put(hash, text);
            }
        } else if (kept < terms.texts || makeRoom(hash, texts)) {
            change(text, 1);
            texts.put(hash, text);
        }
    }

    /** Gives up the text of the greatest hash for one of a smaller. */
    private boolean makeRoom(long hash, WindowTexts texts) {
        sampled = true;
        long greatest = texts.greatestHash();
        if (Long.compareUnsigned(hash, greatest) > 0) {
            return false;
        }
        CountedText left = texts.get(greatest);
        if (left == null) {
            throw new IllegalStateException("a window without the text of its greatest hash");
        }
        change(left, -1);
        texts.remove(greatest);
        return true;
    }

    private void change(CountedText text, int sign) {
        double score = text.signedScore();
        double weight = StrictMath.pow(2, -(double) (endMillis - text.timeMillis()) / terms.halfLifeMillis);
        scores.change(score, sign);
        squares.change(score * score, sign);
        weights.change(weight, sign);
        weightedScores.change(weight * score, sign);
        kept += sign;
        if (text.label() == terms.classes - 1) {
            positive += sign;
        } else if (text.label() == 0) {
            negative += sign;
        }
    }

    /** Begins the next revision, with what the texts say now. */
    void revise(WindowTexts texts) {
        revision++;
        distinct = sampled ? Math.round((kept - 1) / (unsigned(texts.greatestHash()) / 0x1p64)) : kept;
    }

    /** No text can be taken in any more. */
    void close() {
        closed = true;
    }

    double mean() {
        return scores.value() / kept;
    }

    double decayedMean() {
        return weightedScores.value() / weights.value();
    }

    /**
     * Standard deviation of the signed scores. For scores of -1 and 1 only, it is the square root of 1 - B² with B the
     * mean, which is 1 less the agreement index of Antweiler and Frank (Is All That Talk Just Noise?, 2004).
     */
    double disagreement() {
        double mean = mean();
        double variance = squares.value() / kept - mean * mean;
        return variance < ROUNDING ? 0 : Math.sqrt(variance);
    }

    double positiveShare() {
        return (double) positive / kept;
    }

    double negativeShare() {
        return (double) negative / kept;
    }

    private static double unsigned(long value) {
        return (value >>> 1) * 2.0 + (value & 1);
    }
}
