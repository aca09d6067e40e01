package io.millrace.stream.scoring;

import io.millrace.stream.config.SegmentConfig;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the group of an event: the field's value itself, or the band that its number lies in, as in "&lt;50", "50-220"
 * and "&gt;=220".
 *
 * <p>Threading: immutable.
 */
final class Segments {
    private static final int MOST_CHARACTERS = 40;

    private final double[] bounds;
    private final String[] names;

    /** Names groups as the configuration says; null names none. */
    Segments(@Nullable SegmentConfig config) {
        List<Double> bands = config == null ? List.of() : config.bands();
        bounds = bands.stream().mapToDouble(Double::doubleValue).toArray();
        names = new String[bounds.length + 1];
        for (int i = 0; i < names.length && bounds.length > 0; i++) {
            if (i == 0) {
                names[i] = "<" + plain(bounds[0]);
            } else if (i == bounds.length) {
                names[i] = ">=" + plain(bounds[i - 1]);
            } else {
                names[i] = plain(bounds[i - 1]) + "-" + plain(bounds[i]);
            }
        }
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    /** The group of an event whose field has this value; null when it has none that names one. */
    @Nullable
    String of(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (bounds.length == 0) {
            return value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
        }
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return null;
        }
        if (Double.isNaN(number)) {
            return null;
        }
        int band = 0;
        while (band < bounds.length && number >= bounds[band]) {
            band++;
        }
        return names[band];
    }
}
