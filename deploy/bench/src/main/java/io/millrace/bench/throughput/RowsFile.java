package io.millrace.bench.throughput;

import io.millrace.bench.arena.FraudRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows of features as a file of float32, row after row, in little-endian order. Threading: stateless. */
final class RowsFile {
    private RowsFile() {}

    static void write(Path file, List<FraudRows.Row> rows) {
        int width = rows.get(0).features().length;
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.size() * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (FraudRows.Row row : rows) {
            for (double feature : row.features()) {
                bytes.putFloat((float) feature);
            }
        }
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the rows to " + file, e);
        }
    }

    /** All numbers of a file, in a direct buffer of this machine's byte order. */
    static FloatBuffer read(Path file) throws IOException {
        FloatBuffer read = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        FloatBuffer direct = ByteBuffer.allocateDirect(read.remaining() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.put(read).flip();
        return direct;
    }
}
