package io.millrace.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionCsvTest {

    private static final SimulationSettings SETTINGS =
            new SimulationSettings(50, 100, 20, 20, 3, LocalDate.of(2018, 4, 1));

    @TempDir
    private Path folder;

    @Test
    void writesTheColumnsOfTheHandbook() throws IOException {
        Path file = folder.resolve("transactions.csv");

        TransactionCsv.Summary summary = TransactionCsv.write(SETTINGS, file, day -> {});

        List<String> lines = Files.readAllLines(file);
        SimulatedTransaction first = new TransactionSimulator(SETTINGS).next();
        assertThat(lines.get(0))
                .isEqualTo("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,"
                        + "TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO");
        assertThat(lines).hasSize(1 + Math.toIntExact(summary.transactions()));
        assertThat(lines.get(1))
                .startsWith("0,2018-04-01 0")
                .contains(
                        String.format(Locale.ROOT, ",%d,%d,%.2f,", first.customer(), first.terminal(), first.amount()));
        assertThat(lines).noneMatch(line -> line.contains("-.") || line.isBlank());
        assertThat(folder.resolve("transactions.csv.part")).doesNotExist();
    }

    @Test
    void aNameEndingInGzIsCompressed() throws IOException {
        Path plain = folder.resolve("transactions.csv");
        Path compressed = folder.resolve("transactions.csv.gz");

        TransactionCsv.write(SETTINGS, plain, day -> {});
        TransactionCsv.write(SETTINGS, compressed, day -> {});

        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(compressed)), StandardCharsets.UTF_8))) {
            assertThat(reader.lines().toList()).isEqualTo(Files.readAllLines(plain));
        }
    }

    @Test
    void theSameSettingsGiveTheSameBytes() throws IOException {
        Path first = folder.resolve("a.csv.gz");
        Path second = folder.resolve("b.csv.gz");

        TransactionCsv.write(SETTINGS, first, day -> {});
        TransactionCsv.write(SETTINGS, second, day -> {});

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void tellsEachDayOnce() throws IOException {
        List<Integer> days = new ArrayList<>();

        TransactionCsv.write(SETTINGS, folder.resolve("transactions.csv"), days::add);

        assertThat(days)
                .startsWith(1, 2, 3)
                .endsWith(20)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }
}
