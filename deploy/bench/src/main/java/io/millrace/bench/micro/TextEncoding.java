package io.millrace.bench.micro;

import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.inference.text.HuggingFaceEncoder;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.Tokens;
import io.millrace.inference.text.UnreadableTokenizerException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A text into the tokens of the shipped text model.
 *
 * <p>Threading: confined to one thread. Lifecycle: JMH closes the native tokenizer after the last run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class TextEncoding {
    private static final String TOKENIZER = "bge-small-en-v1.5-tokenizer.json";
    private static final String SENTENCE =
            "The new phone is a joy to use , though its battery died after two days of unremarkable tinkering . ";
    private static final int MOST_TOKENS = 128;

    /** How often the sentence of 19 words follows itself. */
    @Param({"1", "5"})
    public int sentences;

    private TextEncoder encoder;
    private String text;

    /** Makes the tokenizer. */
    @Setup
    public void open() throws UnreadableTokenizerException {
        encoder = HuggingFaceEncoder.of(Objects.requireNonNull(BaseFiles.CLASS_PATH.find(TOKENIZER)), MOST_TOKENS);
        text = SENTENCE.repeat(sentences);
    }

    /** One text. */
    @Benchmark
    public Tokens text() {
        return encoder.encode(text);
    }

    /** Frees the tokenizer. */
    @TearDown
    public void close() {
        encoder.close();
    }
}
