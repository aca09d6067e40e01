package io.millrace.stream.feed;

import io.millrace.schemas.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is left of a text when all that copies of it differ in is taken away: letter case, Unicode's compatible forms
 * (NFKC), links, mentions with the "RT" before them, white space, characters without a shape, and how often a
 * punctuation mark is repeated. Texts that are left the same are near-duplicates. Emoji and the marks themselves stay:
 * they carry sentiment. All texts of nothing but links and mentions are near-duplicates of each other.
 *
 * <p>Threading: holds no state.
 */
public final class NormalisedText {
    private static final Pattern LINKS_AND_MENTIONS =
            Pattern.compile("(?:https?://|\\bwww\\.)\\S++|(?:\\brt\\s++)?(?<![\\p{L}\\p{N}_.])@[\\p{L}\\p{N}_]++:?+");

    private NormalisedText() {}

    /** The text without what copies differ in. */
    public static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        String own = LINKS_AND_MENTIONS.matcher(folded).replaceAll(" ");
        StringBuilder out = new StringBuilder(own.length());
        boolean gap = false;
        int last = -1;
        for (int i = 0; i < own.length(); ) {
            int character = own.codePointAt(i);
            i += Character.charCount(character);
            int type = Character.getType(character);
            if (type == Character.FORMAT) {
                continue;
            }
            if (type == Character.CONTROL || Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                gap = true;
                continue;
            }
            if (character == last && !gap && isPunctuation(type)) {
                continue;
            }
            if (gap && out.length() > 0) {
                out.append(' ');
            }
            out.appendCodePoint(character);
            gap = false;
            last = character;
        }
        return out.toString();
    }

    /** The first 64 bits of the SHA-256 of the normalised text: evenly spread, and the same on every machine. */
    public static long hash(String text) {
        byte[] digest = Sha256.digest().digest(of(text).getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }

    private static boolean isPunctuation(int type) {
        return switch (type) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
