package io.millrace.inference.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer that a {@code tokenizer.json} describes. What it adds to a text, marks of begin and end, stays when a
 * text is cut.
 *
 * <p>Of a long text only so much is looked at as decides the tokens that are kept: first a beginning, which ends at a
 * space, and a longer one if the tokens of that do not suffice.
 *
 * <p>The native library is asked for no more than is needed: DJL's own {@code Encoding} copies each token's text and
 * place as well, which takes half as long again as the tokenizing.
 *
 * <p>Threading: thread-safe, as the native tokenizer only reads what it was made of. Lifecycle: owns native memory
 * until closed.
 */
public final class HuggingFaceEncoder implements TextEncoder {
    /** A beginning of so many characters per token nearly always has enough tokens. */
    private static final int CHARACTERS_PER_TOKEN = 16;

    private final HuggingFaceTokenizer tokenizer;
    private final int mostTokens;

    private HuggingFaceEncoder(HuggingFaceTokenizer tokenizer, int mostTokens) {
        this.tokenizer = tokenizer;
        this.mostTokens = mostTokens;
    }

    /**
     * Reads the description.
     *
     * @param mostTokens longer texts lose their end
     * @throws UnreadableTokenizerException if the bytes describe no tokenizer
     */
    public static HuggingFaceEncoder of(byte[] tokenizerJson, int mostTokens) throws UnreadableTokenizerException {
        DjlProperties.apply();
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
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), options), mostTokens);
        } catch (IOException | RuntimeException unreadable) {
            throw new UnreadableTokenizerException(
                    "the tokenizer of " + tokenizerJson.length + " bytes cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    @Override
    public Tokens encode(String text) {
        String whole = WellFormed.of(text);
        long length = (long) mostTokens * CHARACTERS_PER_TOKEN;
        while (length < whole.length()) {
            int end = lastSpace(whole, (int) length);
            Tokens tokens = end == 0 ? null : tokens(whole.substring(0, end));
            if (tokens != null && tokens.truncated()) {
                return tokens;
            }
            length *= 2;
        }
        return tokens(whole);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private Tokens tokens(String text) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, true);
        try {
            boolean truncated = TokenizersLibrary.LIB.getOverflowCount(encoding) > 0;
            int whole = hasContent(encoding) ? text.length() : 0;
            return new Tokens(
                    narrow(TokenizersLibrary.LIB.getTokenIds(encoding)),
                    narrow(TokenizersLibrary.LIB.getTypeIds(encoding)),
                    truncated,
                    truncated ? readCharacters(encoding, text) : whole);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /** Spans count code points; those of added marks are missing or empty. */
    private static int readCharacters(long encoding, String text) {
        int codePoints = 0;
        @Nullable CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
        for (CharSpan span : spans) {
            codePoints = span == null ? codePoints : Math.max(codePoints, span.getEnd());
        }
        return text.offsetByCodePoints(0, codePoints);
    }

    private static boolean hasContent(long encoding) {
        for (long mark : TokenizersLibrary.LIB.getSpecialTokenMask(encoding)) {
            if (mark == 0) {
                return true;
            }
        }
        return false;
    }

    private static int lastSpace(String text, int before) {
        int end = before;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return end;
    }

    private static int[] narrow(long[] values) {
        int[] narrow = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = Math.toIntExact(values[i]);
        }
        return narrow;
    }
}
