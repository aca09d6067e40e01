package io.millrace.trainer.pretrain;

import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.StoppingMetric;
import io.millrace.trainer.gradient.TrainablePart;
import java.util.List;

/**
 * How a first model of texts is made of labelled ones.
 *
 * <p>Threading: immutable.
 *
 * @param model name of the model
 * @param classes the negative one and the positive one; a label is a place among them
 * @param encoder what is tuned
 * @param gradient how it is tuned
 * @param part which part of it is tuned
 * @param maxTokens longer texts lose their end
 * @param heldOut sentences that choose the epoch, fit the temperature, and judge
 * @param weightBits of what was added to each number of a matrix, from 2 to 8
 * @param replayed sentences that travel with the model to be learned again
 * @param seed of the split, of the head's first weights and of the order of examples
 */
public record SentimentSettings(
        String model,
        List<String> classes,
        PretrainedEncoder encoder,
        GradientConfig gradient,
        TrainablePart part,
        int maxTokens,
        int heldOut,
        int weightBits,
        int replayed,
        long seed) {

    /** The name of the model unless another is wanted. */
    public static final String SENTIMENT_MODEL = "sentiment";

    /** The epochs, unless others are wanted. */
    public static final int EPOCHS = 2;

    /** The seed, unless another is wanted. */
    public static final long SEED = 7;

    private static final int HELD_OUT = 1_000;
    private static final int REPLAYED = 1_000;
    private static final int MOST_TOKENS = 128;
    private static final int WEIGHT_BITS = 6;
    private static final int BLOCKS = 12;

    public SentimentSettings {
        classes = List.copyOf(classes);
        if (classes.size() != 2) {
            throw new IllegalArgumentException("classes must be two, negative and positive, were " + classes);
        }
        if (heldOut < 1 || replayed < 1) {
            throw new IllegalArgumentException(
                    "at least one sentence must be held out and one replayed, were " + heldOut + " and " + replayed);
        }
    }

    /** What made the model in {@code deploy/models/sentiment}: all blocks of the small encoder, but no embedding. */
    public static SentimentSettings standard(int epochs, long seed) {
        return new SentimentSettings(
                SENTIMENT_MODEL,
                List.of("negative", "positive"),
                PretrainedEncoder.BGE_SMALL,
                GradientConfig.of(5e-5, 0.01, 0.06, epochs, 32, 1.0, 2, StoppingMetric.ACCURACY, false),
                new TrainablePart.Last(BLOCKS),
                MOST_TOKENS,
                HELD_OUT,
                WEIGHT_BITS,
                REPLAYED,
                seed);
    }
}
