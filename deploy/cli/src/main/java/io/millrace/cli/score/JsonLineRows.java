package io.millrace.cli.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, passed on as it is. Threading: confined to one thread. */
final class JsonLineRows implements InputRows {
    private final ObjectMapper json = new ObjectMapper();
    private final BufferedReader lines;
    private final @Nullable String labelField;

    JsonLineRows(InputStream bytes, @Nullable String labelField) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        this.labelField = labelField;
    }

    @Override
    public @Nullable InputRow next() throws IOException {
        String line = lines.readLine();
        while (line != null && line.isBlank()) {
            line = lines.readLine();
        }
        return line == null ? null : new InputRow(line.getBytes(StandardCharsets.UTF_8), label(line));
    }

    private @Nullable String label(String line) {
        if (labelField == null) {
            return null;
        }
        try {
            JsonNode value = json.readTree(line).get(labelField);
            return value == null || value.isNull() ? null : value.asText();
        } catch (JsonProcessingException e) {
            return null; // the pipeline will dead-letter the line and say why
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
