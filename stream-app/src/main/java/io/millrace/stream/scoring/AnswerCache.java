package io.millrace.stream.scoring;

import io.millrace.inference.onnx.ModelRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one version said of the texts that were seen last: a text that comes again need not be read again. With another
 * version's first answer all of the old one's are gone.
 *
 * <p>Long texts are not kept: they seldom come again, and what is kept must not grow with their length.
 *
 * <p>Threading: confined to its task.
 */
final class AnswerCache {
    /** Ten thousand of these are 40 MB at most. */
    private static final int MOST_CHARACTERS = 2_000;

    private final Map<String, TextAnswer> answers;
    private @Nullable ModelRef version;

    /** @param most texts to keep; of more, the one that was asked for longest ago is forgotten */
    AnswerCache(int most) {
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TextAnswer> eldest) {
                return size() > most;
            }
        };
    }

    /** What this version said of a text; null if that is not known. */
    @Nullable
    TextAnswer find(ModelRef asked, String text) {
        return asked.equals(version) ? answers.get(text) : null;
    }

    void keep(ModelRef answering, String text, TextAnswer answer) {
        if (!answering.equals(version)) {
            answers.clear();
            version = answering;
        }
        if (text.length() <= MOST_CHARACTERS) {
            answers.put(text, answer);
        }
    }

    int size() {
        return answers.size();
    }

    void clear() {
        answers.clear();
        version = null;
    }
}
