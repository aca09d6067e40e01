package io.millrace.cli.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.zip.GZIPOutputStream;

/**
 * Writes transactions in the column layout of the handbook's files; a name that ends in .gz is compressed.
 *
 * <p>Threading: stateless. Units: amounts with two decimals, times in UTC. Lifecycle: the file appears under its
 * name only when it is whole.
 */
public final class TransactionCsv {

    private static final String HEADER = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,"
            + "TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO\n";
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private TransactionCsv() {}

    /** How much was written. */
    public record Summary(long transactions, long frauds) {}

    /**
     * Simulates and writes a whole file.
     *
     * @param dayDone told the number of each day that has been written, counting from 1
     */
    public static Summary write(SimulationSettings settings, Path file, IntConsumer dayDone) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Summary summary;
        try (BufferedWriter writer = open(part, file.toString().endsWith(".gz"))) {
            summary = write(settings, writer, dayDone);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return summary;
    }

    private static BufferedWriter open(Path file, boolean compressed) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        OutputStream sink = compressed ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        return new BufferedWriter(new OutputStreamWriter(sink, StandardCharsets.UTF_8), 1 << 16);
    }

    private static Summary write(SimulationSettings settings, Appendable out, IntConsumer dayDone) throws IOException {
        out.append(HEADER);
        TransactionSimulator simulator = new TransactionSimulator(settings);
        LocalDateTime start = settings.start().atStartOfDay();
        long transactions = 0;
        long frauds = 0;
        int day = 0;
        StringBuilder line = new StringBuilder();
        while (simulator.hasNext()) {
            SimulatedTransaction transaction = simulator.next();
            for (; day < transaction.day(); day++) {
                dayDone.accept(day + 1);
            }
            transactions++;
            frauds += transaction.fraud() ? 1 : 0;
            line.setLength(0);
            out.append(appendLine(line, transaction, start));
        }
        dayDone.accept(settings.days());
        return new Summary(transactions, frauds);
    }

    private static StringBuilder appendLine(StringBuilder line, SimulatedTransaction transaction, LocalDateTime start) {
        line.append(transaction.id()).append(',');
        DATE_TIME.formatTo(start.plusSeconds(transaction.timeSeconds()), line);
        line.append(',').append(transaction.customer());
        line.append(',').append(transaction.terminal()).append(',');
        appendCents(line, transaction.amountCents());
        line.append(',').append(transaction.timeSeconds());
        line.append(',').append(transaction.day());
        line.append(',').append(transaction.fraud() ? 1 : 0);
        return line.append(',').append(transaction.scenario().number()).append('\n');
    }

    private static void appendCents(StringBuilder line, long cents) {
        line.append(cents / 100).append('.');
        long rest = cents % 100;
        line.append((char) ('0' + rest / 10)).append((char) ('0' + rest % 10));
    }
}
