package io.millrace.inference.feature.state;

import io.millrace.schemas.codec.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.GZIPInputStream;

/** Plays days of the handbook's transactions, with labels that come seven days later. */
final class HandbookFile {
    private static final Duration LABEL_DELAY = Duration.ofDays(7);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int CUSTOMER = 2;
    private static final int TERMINAL = 3;
    private static final int AMOUNT = 4;
    private static final int FRAUD = 7;

    private HandbookFile() {}

    interface Player {
        void label(Event event, EntityLabel label);

        void transaction(Event event, boolean fraud);
    }

    /** Plays the transactions from the first day up to the end, which is left out. */
    static void play(LocalDate firstDay, LocalDate end, Player player) throws IOException {
        Queue<Event> unlabelled = new ArrayDeque<>();
        Queue<EntityLabel> labels = new ArrayDeque<>();
        boolean begun = false;
        try (BufferedReader in = open("handbook_transactions_raw.csv.gz")) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int day = line.indexOf(',') + 1;
                begun = begun || line.startsWith(firstDay.toString(), day);
                if (line.startsWith(end.toString(), day)) {
                    break;
                }
                if (begun) {
                    String[] cells = line.split(",", -1);
                    Event event = event(cells);
                    while (!labels.isEmpty() && labels.element().labelledAtMillis() <= event.timeMillis()) {
                        player.label(unlabelled.remove(), labels.remove());
                    }
                    boolean fraud = cells[FRAUD].equals("1");
                    player.transaction(event, fraud);
                    unlabelled.add(event);
                    labels.add(new EntityLabel(
                            event.id(), event.timeMillis(), event.timeMillis() + LABEL_DELAY.toMillis(), fraud, false));
                }
            }
        }
    }

    static BufferedReader open(String name) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RepositoryFiles.sharedData(name)), 1 << 16),
                StandardCharsets.UTF_8));
    }

    private static Event event(String[] cells) {
        long timeMillis =
                LocalDateTime.parse(cells[1], TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
        return new Event(
                cells[0],
                timeMillis,
                new String[] {cells[CUSTOMER], cells[TERMINAL]},
                new double[] {Double.parseDouble(cells[AMOUNT])},
                null);
    }
}
