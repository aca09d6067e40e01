package io.millrace.trainer.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** A small file in the handbook's layout, where high amounts and one terminal in five are frauds for a while. */
final class MadeUpTransactions {

    static final LocalDate START = LocalDate.of(2018, 7, 1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int PER_DAY = 120;

    private MadeUpTransactions() {}

    static Path write(Path file, int days, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text =
                new StringBuilder("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD\n");
        for (int index = 0; index < days * PER_DAY; index++) {
            int day = index / PER_DAY;
            LocalDateTime time = START.atStartOfDay().plusDays(day).plusSeconds(index % PER_DAY * 700L);
            int terminal = random.nextInt(20);
            double amount = 10 + random.nextInt(250);
            boolean fraud = amount > 240 || (terminal + day / 15) % 5 == 0;
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%d,%d,%.2f,%d%n",
                    index,
                    TIME.format(time),
                    random.nextInt(30),
                    terminal,
                    amount,
                    fraud ? 1 : 0));
        }
        return Files.writeString(file, text);
    }
}
