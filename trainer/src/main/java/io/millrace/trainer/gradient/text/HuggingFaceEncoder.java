package io.millrace.trainer.gradient.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.millrace.trainer.gradient.torch.DjlSettings;
import io.millrace.trainer.learn.LearningException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The tokenizer that a {@code tokenizer.json} describes.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns native memory until closed.
 */
public final class HuggingFaceEncoder implements Encoder {
    private final HuggingFaceTokenizer tokenizer;

    private HuggingFaceEncoder(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads the description.
     *
     * @param mostTokens longer texts lose their end
     */
    public static HuggingFaceEncoder of(byte[] tokenizerJson, int mostTokens) throws LearningException {
        DjlSettings.apply();
        Map<String, String> options = Map.of(
                "padding",
                "false",
                "truncation",
                "true",
                "maxLength",
                String.valueOf(mostTokens),
                "modelMaxLength",
                String.valueOf(mostTokens));
        try {
            return new HuggingFaceEncoder(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), options));
        } catch (IOException | RuntimeException unreadable) {
            throw new LearningException(
                    "the tokenizer of " + tokenizerJson.length + " bytes cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    @Override
    public Tokens encode(String text) {
        Encoding encoding = tokenizer.encode(text);
        return new Tokens(narrow(encoding.getIds()), narrow(encoding.getTypeIds()));
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static int[] narrow(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
