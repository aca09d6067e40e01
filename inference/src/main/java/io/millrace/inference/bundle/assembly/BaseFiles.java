package io.millrace.inference.bundle.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Where the files of an encoder's artifact are found. */
@FunctionalInterface
public interface BaseFiles {

    /** The artifact's files as resources of the class path. */
    BaseFiles CLASS_PATH = BaseFiles::resource;

    /** The bytes of a file; null if there is none of that name. */
    byte @Nullable [] find(String name);

    private static byte @Nullable [] resource(String name) {
        try (InputStream resource = BaseFiles.class.getResourceAsStream("/" + name)) {
            return resource == null ? null : resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }
}
