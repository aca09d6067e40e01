package io.millrace.schemas;

import io.millrace.schemas.avro.Score;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes generated from our own schemas may be made from records; since 1.12.2 it makes only those
 * that somebody vouches for. What others vouched for before stays trusted.
 *
 * <p>Threading: the class initialiser does it once for the whole process.
 */
final class OwnClasses {
    static {
        String ours = Score.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(ours)));
    }

    private OwnClasses() {}

    /** Makes sure that it has been done. */
    static void trust() {
        // Calling it initialises the class.
    }
}
