package io.millrace.cli.output;

import java.util.List;
import java.util.Locale;

/** Amounts of bytes for people: 800 bytes, 14.2 MB, 133 MB. */
public final class ByteSize {
    private static final List<String> UNITS = List.of("kB", "MB", "GB");

    private ByteSize() {}

    /** Three digits and the unit of a thousand that suits. */
    public static String text(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double amount = bytes / 1000.0;
        int unit = 0;
        // From 999.5 on it would be written with four digits.
        while (amount >= 999.5 && unit < UNITS.size() - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 99.95 ? "%.1f %s" : "%.0f %s", amount, UNITS.get(unit));
    }
}
