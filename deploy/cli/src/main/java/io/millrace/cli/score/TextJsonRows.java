package io.millrace.cli.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object with a text a line; where it has no id or no time, they are added. What is no object is passed on as
 * it is, for the pipeline to say what is wrong. Blank lines are passed over.
 *
 * <p>Threading: confined to one thread.
 */
final class TextJsonRows implements InputRows {
    private final ObjectMapper json = new ObjectMapper();
    private final InputStream bytes;
    private final ByteLines lines;
    private final TextLayout layout;
    private final @Nullable String labelField;

    TextJsonRows(String input, InputStream bytes, TextLayout layout, @Nullable String labelField) {
        this.bytes = bytes;
        this.lines = new ByteLines(input, bytes);
        this.layout = layout;
        this.labelField = labelField;
    }

    @Override
    public @Nullable InputRow next() throws IOException {
        byte[] line = lines.next();
        while (line != null && isBlank(line)) {
            line = lines.next();
        }
        return line == null ? null : row(line);
    }

    private InputRow row(byte[] line) throws IOException {
        try {
            if (!(json.readTree(line) instanceof ObjectNode object)) {
                return new InputRow(line, null);
            }
            JsonNode label = labelField == null ? null : RowPaths.at(object, labelField);
            boolean hasId = RowPaths.at(object, layout.id()) != null;
            boolean hasTime = RowPaths.at(object, layout.time()) != null;
            byte[] value = hasId && hasTime ? line : completed(object, hasId, hasTime);
            return new InputRow(value, label == null ? null : label.asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new InputRow(line, null);
        }
    }

    private byte[] completed(ObjectNode object, boolean hasId, boolean hasTime) throws JsonProcessingException {
        if (!hasId) {
            RowPaths.parent(object, layout.id()).put(RowPaths.name(layout.id()), Long.toString(lines.number()));
        }
        if (!hasTime) {
            RowPaths.parent(object, layout.time())
                    .put(RowPaths.name(layout.time()), TextLayout.timeMillis(lines.number()));
        }
        return json.writeValueAsBytes(object);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
