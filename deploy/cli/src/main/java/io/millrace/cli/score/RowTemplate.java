package io.millrace.cli.score;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON object around the id, the time and the text of a row, each at its path. The bytes of a text stay as they
 * are, except for those that JSON wants escaped: whether they are UTF-8 is for the pipeline to say.
 *
 * <p>Threading: confined to one thread.
 */
final class RowTemplate {
    private static final String MARK = "millrace:";
    private static final Pattern SLOT = Pattern.compile('"' + MARK + "(ID|TIME|TEXT)\"");
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> literals = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream(512);

    /** What a row fills in. */
    private enum Slot {
        ID,
        TIME,
        TEXT
    }

    RowTemplate(TextLayout layout) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        put(root, layout.id(), Slot.ID);
        put(root, layout.time(), Slot.TIME);
        put(root, layout.text(), Slot.TEXT);
        String json = root.toString();
        Matcher matcher = SLOT.matcher(json);
        int from = 0;
        while (matcher.find()) {
            literals.add(json.substring(from, matcher.start()).getBytes(StandardCharsets.UTF_8));
            slots.add(Slot.valueOf(matcher.group(1)));
            from = matcher.end();
        }
        literals.add(json.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ObjectNode root, String path, Slot slot) {
        RowPaths.parent(root, path).put(RowPaths.name(path), MARK + slot);
    }

    /** The object of one row, whose text is part of a line. */
    byte[] fill(long number, byte[] line, int from, int to) {
        row.reset();
        for (int place = 0; place < slots.size(); place++) {
            row.writeBytes(literals.get(place));
            switch (slots.get(place)) {
                case ID -> writeId(number);
                case TIME ->
                    row.writeBytes(Long.toString(TextLayout.timeMillis(number)).getBytes(StandardCharsets.US_ASCII));
                case TEXT -> writeQuoted(line, from, to);
            }
        }
        row.writeBytes(literals.get(slots.size()));
        return row.toByteArray();
    }

    private void writeId(long number) {
        byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        writeQuoted(digits, 0, digits.length);
    }

    private void writeQuoted(byte[] bytes, int from, int to) {
        row.write('"');
        for (int place = from; place < to; place++) {
            byte b = bytes[place];
            if (b == '"' || b == '\\') {
                row.write('\\');
                row.write(b);
            } else if (b >= 0 && b < ' ') {
                row.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[b >> 4], HEX[b & 15]});
            } else {
                row.write(b);
            }
        }
        row.write('"');
    }
}
