package io.millrace.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.codec.EventShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final EventShape SHAPE =
            new EventShape(List.of("customer_id", "terminal_id"), List.of("amount"), false);
    private static final String HEADER =
            "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD\n";
    private static final String TWO_LINES =
            HEADER + "0,2018-04-01 00:00:31,596,3156,57.16,31,0,0\n1,2018-04-01 00:02:10,4961,3412,81.51,130,0,1\n";

    @TempDir
    private Path folder;

    @Test
    void readsTheMappedColumnsOfEachLine() throws IOException {
        Path file = write("plain.csv", TWO_LINES);

        List<LabelledEvent> events = read(file);

        assertThat(events).hasSize(2);
        LabelledEvent second = events.get(1);
        assertThat(second.event().id()).isEqualTo("1");
        assertThat(second.event().timeMillis())
                .isEqualTo(Instant.parse("2018-04-01T00:02:10Z").toEpochMilli());
        assertThat(second.event().keys()).containsExactly("4961", "3412");
        assertThat(second.event().numbers()).containsExactly(81.51);
        assertThat(second.positive()).isTrue();
        assertThat(events.get(0).positive()).isFalse();
    }

    @Test
    void aCompressedFileHasTheSameEventsAndTheSameHash() throws IOException {
        Path plain = write("plain.csv", TWO_LINES);
        Path compressed = folder.resolve("compressed.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(TWO_LINES.getBytes(StandardCharsets.UTF_8));
        }

        String expected = Sha256.hex(TWO_LINES.getBytes(StandardCharsets.UTF_8));
        assertThat(hashAfterReading(plain)).isEqualTo(expected);
        assertThat(hashAfterReading(compressed)).isEqualTo(expected);
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() throws IOException {
        Path file = write("other.csv", "ID,TX_DATETIME\n");

        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("no column 'TRANSACTION_ID'")
                .hasMessageContaining("[ID, TX_DATETIME]");
    }

    @Test
    void aBadValueIsNamedWithItsLine() throws IOException {
        assertBad("0,2018-04-01 00:00:31,596,3156,much,31,0,0\n", ":2: amount must be a number, was 'much'");
        assertBad("0,2018-04-01 00:00:31,596,3156,NaN,31,0,0\n", ":2: amount must be a number, was 'NaN'");
        assertBad("0,yesterday,596,3156,1.0,31,0,0\n", ":2: time 'yesterday' cannot be read");
        assertBad("0,2018-04-01 00:00:31,596,3156,1.0,31,0,2\n", ":2: the label must be 0 or 1, was '2'");
        assertBad("0,2018-04-01 00:00:31,,3156,1.0,31,0,0\n", ":2: column 3 is missing");
        assertBad("0,2018-04-01 00:00:31\n", ":2: column 3 is missing");
    }

    @Test
    void aFileOutOfOrderIsRefused() throws IOException {
        assertBad(
                "0,2018-04-02 00:00:31,1,2,1.0,31,0,0\n1,2018-04-01 00:00:31,1,2,1.0,31,0,0\n",
                ":3: time 2018-04-01 00:00:31 is before the line above: sort the file by time");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = write("empty.csv", "");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("is empty");
    }

    private void assertBad(String lines, String message) throws IOException {
        Path file = write("bad.csv", HEADER + lines);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<LabelledEvent> read(Path file) throws IOException {
        List<LabelledEvent> events = new ArrayList<>();
        try (EventFile reader = EventFile.open(file, EventColumns.HANDBOOK, SHAPE)) {
            reader.forEachRemaining(events::add);
        }
        return events;
    }

    private static String hashAfterReading(Path file) throws IOException {
        try (EventFile reader = EventFile.open(file, EventColumns.HANDBOOK, SHAPE)) {
            reader.forEachRemaining(event -> {});
            return reader.sha256OfContent();
        }
    }
}
