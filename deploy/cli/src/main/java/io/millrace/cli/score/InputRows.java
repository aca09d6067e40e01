package io.millrace.cli.score;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an input, one after another. Threading: confined to one thread. */
interface InputRows extends AutoCloseable {
    /** The next row, null at the end. */
    @Nullable
    InputRow next() throws IOException;

    @Override
    void close() throws IOException;
}
