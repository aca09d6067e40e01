package io.millrace.stream.topology;

import io.millrace.schemas.SchemaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas with which the records of an input topic may have been written. */
final class WriterSchemas {
    private WriterSchemas() {}

    /** Our own schemas and those in the files. */
    static SchemaStore of(List<Path> files, SchemaStore own) {
        SchemaStore store = own;
        for (Path file : files) {
            try {
                store = store.with(new Schema.Parser().parse(Files.readString(file)));
            } catch (IOException e) {
                throw new UncheckedIOException("input.schemas: cannot read " + file, e);
            }
        }
        return store;
    }
}
