package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.text.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A text of a batch, however many of its rows have it: read by one version, and then answered by it or not.
 *
 * <p>Threading: confined to its batch, as {@link Scorer} says.
 */
final class AskedText {
    private final String text;
    private @Nullable ModelRef version;
    private @Nullable Tokens tokens;
    private @Nullable TextAnswer answer;
    private @Nullable String failure;

    AskedText(String text) {
        this.text = text;
    }

    /** Reads the text as this version does, unless it did before or knows the answer. */
    void read(LoadedModel model, AnswerCache cache) {
        if (model.ref().equals(version)) {
            if (answer == null && failure == null) {
                answer = cache.find(model.ref(), text); // the batch before may have asked about it since
            }
            return;
        }
        version = model.ref();
        failure = null;
        answer = cache.find(model.ref(), text);
        tokens = null;
        if (answer == null) {
            Tokens own = model.encode(text);
            if (own.readCharacters() == 0) {
                failure = "the text holds nothing that the tokenizer of " + model.ref() + " can read";
            } else {
                tokens = own;
            }
        }
    }

    String text() {
        return text;
    }

    /** The tokens that the version must still be asked about; null if the answer is known, or there will be none. */
    @Nullable
    Tokens unanswered() {
        return answer == null && failure == null ? tokens : null;
    }

    void answered(double[] probabilities) {
        Tokens own = tokens;
        if (own == null) {
            throw new IllegalStateException("an answer to a text that was not read");
        }
        answer = TextAnswer.of(probabilities, own.truncated(), own.readCharacters());
    }

    void failed(String reason) {
        failure = reason;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Null if there is none. */
    @Nullable
    TextAnswer answer() {
        return answer;
    }

    /** Why there is no answer. */
    String failure() {
        return failure == null ? "the text was not asked about" : failure;
    }
}
