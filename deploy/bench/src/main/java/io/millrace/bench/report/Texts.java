package io.millrace.bench.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers and names for people. Threading: stateless. */
final class Texts {
    private Texts() {}

    /** A number with three or four digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < 0.001) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        if (size >= 1_000 || (value == Math.rint(value) && size < 1e9)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** A number in as little room as an axis has: 20k, 1.5M. */
    static String brief(double value) {
        if (value >= 1e6) {
            return plain(Math.round(value / 1e4) / 100.0) + "M";
        }
        return value >= 1e4
                ? plain(Math.round(value / 10) / 100.0) + "k"
                : plain(Double.parseDouble(String.format(Locale.ROOT, "%.3g", value)));
    }

    /** A number as someone set it, without digits that say nothing. */
    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A field's name as words: {@code largestGapAtSwaps} becomes "largest gap at swaps". */
    static String words(String field) {
        return field.replace('_', ' ').replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    static String megabytes(double bytes) {
        return number(bytes / 1e6) + " MB";
    }
}
