package io.millrace.cli.score;

import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One text a line, or a label, a tab and a text. Each line is a row, an empty one too: its number is its id.
 *
 * <p>Threading: confined to one thread.
 */
final class TextRows implements InputRows {
    private final String input;
    private final InputStream bytes;
    private final ByteLines lines;
    private final boolean tabSeparated;
    private final RowTemplate template;

    TextRows(String input, InputStream bytes, TextLayout layout) {
        this.input = input;
        this.bytes = bytes;
        this.lines = new ByteLines(input, bytes);
        this.tabSeparated = layout.tabSeparated();
        this.template = new RowTemplate(layout);
    }

    @Override
    public @Nullable InputRow next() throws IOException {
        byte[] line = lines.next();
        if (line == null) {
            return null;
        }
        if (!tabSeparated) {
            return new InputRow(template.fill(lines.number(), line, 0, line.length), null);
        }
        int tab = tab(line);
        String label = new String(line, 0, tab, StandardCharsets.UTF_8).strip();
        return new InputRow(template.fill(lines.number(), line, tab + 1, line.length), label.isEmpty() ? null : label);
    }

    private int tab(byte[] line) {
        for (int place = 0; place < line.length; place++) {
            if (line[place] == '\t') {
                return place;
            }
        }
        throw new FailedException("line " + lines.number() + " of " + input
                + " has no tab: with --tsv a line is a label, a tab and a text; mend it, or leave --tsv out");
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
