package io.millrace.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokenizer of a published encoder on texts as they come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HuggingFaceEncoderTest {
    private static final int MOST_TOKENS = 32;
    private static final int BEGIN = 101;
    private static final int END = 102;

    private HuggingFaceEncoder encoder;

    @BeforeAll
    void open() throws IOException, UnreadableTokenizerException {
        try (InputStream tokenizer = getClass().getResourceAsStream("/bge-small-en-v1.5-tokenizer.json")) {
            encoder = HuggingFaceEncoder.of(tokenizer.readAllBytes(), MOST_TOKENS);
        }
    }

    @AfterAll
    void close() {
        encoder.close();
    }

    @Test
    void marksBeginAndEnd() {
        Tokens tokens = encoder.encode("A fine film.");

        assertThat(tokens.ids()).startsWith(BEGIN).endsWith(END).hasSize(6);
        assertThat(tokens.types()).containsOnly(0);
        assertThat(tokens.truncated()).isFalse();
        assertThat(tokens.readCharacters()).isEqualTo(12);
    }

    @Test
    void aLongTextLosesItsEndAndSaysWhereItWasCut() {
        String text = "word 🎉 ".repeat(40);

        Tokens tokens = encoder.encode(text);

        assertThat(tokens.ids()).startsWith(BEGIN).endsWith(END).hasSize(MOST_TOKENS);
        assertThat(tokens.truncated()).isTrue();
        assertThat(text.substring(0, tokens.readCharacters()))
                .as("as many words as there are places between the marks")
                .isEqualTo("word 🎉 ".repeat(15).strip());
        assertThat(encoder.encode(text.substring(0, tokens.readCharacters())).ids())
                .isEqualTo(tokens.ids());
    }

    @Test
    void aMegabyteIsReadLikeItsBeginning() {
        String text = "The film, unlike its maker's others, did not bore me. ".repeat(20_000);

        Tokens tokens = encoder.encode(text);

        assertThat(tokens.truncated()).isTrue();
        assertThat(tokens.ids())
                .isEqualTo(encoder.encode(text.substring(0, 300)).ids());
        assertThat(tokens.readCharacters()).isLessThan(300);
    }

    @Test
    void aMegabyteThatIsOneWordOrHasItsWordsAtTheEndIsNotCut() {
        assertThat(encoder.encode("x".repeat(1 << 20)).truncated()).isFalse();
        Tokens late = encoder.encode(" ".repeat(1 << 20) + "good");
        assertThat(late.truncated()).isFalse();
        assertThat(late.ids()).isEqualTo(encoder.encode("good").ids());
        assertThat(encoder.encode("好".repeat(300_000)).truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \t\n", "\u0001\u0002\u0007", "\u0000", "\uDE00"})
    void findsNothingToReadInBlanksControlCharactersAndHalvesOfPairs(String text) {
        Tokens tokens = encoder.encode(text);

        assertThat(tokens.ids()).containsExactly(BEGIN, END);
        assertThat(tokens.readCharacters()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀😀🎉",
                "Это прекрасный фильм",
                "这部电影很好",
                "فيلم رائع",
                "<p>good &amp; <b>bold</b></p>",
                "a\u0000b",
                "half a pair \uD83D of surrogates"
            })
    void readsWhateverElseComes(String text) {
        Tokens tokens = encoder.encode(text);

        assertThat(tokens.length()).isGreaterThan(2);
        assertThat(tokens.readCharacters()).isEqualTo(text.length());
        assertThat(Arrays.stream(tokens.ids()).allMatch(id -> id >= 0)).isTrue();
    }
}
