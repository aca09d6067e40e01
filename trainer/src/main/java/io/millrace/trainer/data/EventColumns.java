package io.millrace.trainer.data;

import java.util.Map;

/**
 * In which columns of a CSV file the parts of an event lie.
 *
 * <p>Threading: immutable.
 *
 * @param id column of the identifier
 * @param time column of the time
 * @param timePattern how the time is written, as in {@link java.time.format.DateTimeFormatter}; UTC
 * @param label column of the truth: 0 or 1
 * @param fields our name of a field to its column; a field that is not named lies in the column of its own name
 */
public record EventColumns(String id, String time, String timePattern, String label, Map<String, String> fields) {

    /** The layout of the handbook's transaction files, which our simulator writes too. */
    public static final EventColumns HANDBOOK = new EventColumns(
            "TRANSACTION_ID",
            "TX_DATETIME",
            "yyyy-MM-dd HH:mm:ss",
            "TX_FRAUD",
            Map.of("customer_id", "CUSTOMER_ID", "terminal_id", "TERMINAL_ID", "amount", "TX_AMOUNT"));

    public EventColumns {
        fields = Map.copyOf(fields);
    }

    /** The column of a field. */
    public String column(String field) {
        return fields.getOrDefault(field, field);
    }
}
