package io.millrace.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.output.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextRowsTest {
    private static final TextLayout LINES = new TextLayout(false, "message_id", "event_time", "text");
    private static final TextLayout TSV = new TextLayout(true, "message_id", "event_time", "text");

    @TempDir
    private Path folder;

    @Test
    void eachLineIsATextWithItsNumberAnEmptyOneToo() throws IOException {
        List<InputRow> rows = rows("good\n\nsaid \"\\ so\"\twith\u0001it\r\nlast \ud83d\ude00", LINES, null);

        assertThat(rows).hasSize(4);
        assertThat(rows.stream().map(row -> json(row).get("text").asText()))
                .containsExactly("good", "", "said \"\\ so\"\twith\u0001it", "last \ud83d\ude00");
        assertThat(rows.stream().map(row -> json(row).get("message_id").asText()))
                .containsExactly("1", "2", "3", "4");
        assertThat(json(rows.get(1)).get("event_time").asLong()
                        - json(rows.get(0)).get("event_time").asLong())
                .isEqualTo(TextLayout.STEP.toMillis());
        assertThat(rows.get(0).label()).isNull();
    }

    @Test
    void bytesThatAreNoUtf8StayForThePipelineToRefuse() throws IOException {
        Path file = folder.resolve("texts");
        Files.write(file, new byte[] {'a', (byte) 0xff, 'b', '\n'});

        InputRow row = rows(file, LINES, null).get(0);

        assertThat(row.json()).containsSequence('a', (byte) 0xff, 'b');
    }

    @Test
    void aTabSeparatedLineHasItsLabelBeforeTheFirstTab() throws IOException {
        List<InputRow> rows = rows("1\tgood\tvery\n\tno label\n", TSV, null);

        assertThat(rows.get(0).label()).isEqualTo("1");
        assertThat(json(rows.get(0)).get("text").asText()).isEqualTo("good\tvery");
        assertThat(rows.get(1).label()).isNull();
        assertThat(json(rows.get(1)).get("text").asText()).isEqualTo("no label");
    }

    @Test
    void aTabSeparatedLineWithoutATabIsNamed() {
        assertThatThrownBy(() -> rows("1\tgood\nbad\n", TSV, null))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("line 2 of ")
                .hasMessageContaining("has no tab");
    }

    @Test
    void partsLieAtTheirPaths() throws IOException {
        TextLayout nested = new TextLayout(false, "meta.id", "at", "meta.body.text");

        JsonNode row = json(rows("good\n", nested, null).get(0));

        assertThat(row.at("/meta/id").asText()).isEqualTo("1");
        assertThat(row.at("/meta/body/text").asText()).isEqualTo("good");
        assertThat(row.get("at").isIntegralNumber()).isTrue();
    }

    @Test
    void jsonLinesKeepWhatTheyHaveAndGetWhatTheyLack() throws IOException {
        String whole =
                "{\"message_id\":\"a\",\"event_time\":\"2026-11-24T12:00:00Z\",\"text\":\"one\",\"truth\":\"x\"}";

        List<InputRow> rows = rows(whole + "\n\n{\"text\":\"two\"}\n{broken\n", LINES, "truth");

        assertThat(rows).hasSize(3);
        assertThat(new String(rows.get(0).json(), StandardCharsets.UTF_8)).isEqualTo(whole);
        assertThat(rows.get(0).label()).isEqualTo("x");
        assertThat(json(rows.get(1)).get("message_id").asText()).isEqualTo("3");
        assertThat(json(rows.get(1)).get("event_time").isIntegralNumber()).isTrue();
        assertThat(rows.get(1).label()).isNull();
        assertThat(new String(rows.get(2).json(), StandardCharsets.UTF_8)).isEqualTo("{broken");
    }

    @Test
    void aTextMayBeginWithABrace() throws IOException {
        assertThat(json(rows("{sic} good\n", LINES, null).get(0)).get("text").asText())
                .isEqualTo("{sic} good");
    }

    @Test
    void aMarkOfTheByteOrderIsNoPartOfTheText() throws IOException {
        assertThat(json(rows("\ufeffgood\n", LINES, null).get(0)).get("text").asText())
                .isEqualTo("good");
    }

    @Test
    void aGzippedMegabyteOfTextIsOneRowAndMoreThanARecordHoldsIsNamed() throws IOException {
        Path file = folder.resolve("texts.gz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(file, bytes.toByteArray());

        assertThat(json(rows(file, LINES, null).get(0)).get("text").asText()).hasSize(1 << 20);
        assertThatThrownBy(() -> rows("ok\n" + "x".repeat(3 << 20), LINES, null))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("line 2 of ")
                .hasMessageContaining("longer than 2 MiB");
    }

    private List<InputRow> rows(String content, TextLayout layout, @Nullable String label) throws IOException {
        Path file = folder.resolve("texts");
        Files.writeString(file, content);
        return rows(file, layout, label);
    }

    private static List<InputRow> rows(Path file, TextLayout layout, @Nullable String label) throws IOException {
        List<InputRow> all = new ArrayList<>();
        try (InputRows rows = InputFiles.open(file.toString(), label, layout)) {
            for (InputRow row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    private static JsonNode json(InputRow row) {
        try {
            return new ObjectMapper().readTree(row.json());
        } catch (IOException e) {
            throw new AssertionError(new String(row.json(), StandardCharsets.UTF_8), e);
        }
    }
}
