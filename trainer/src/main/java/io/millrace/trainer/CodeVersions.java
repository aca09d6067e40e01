package io.millrace.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which code trains here: what a model's lineage says beside data and settings.
 *
 * <p>Threading: immutable.
 *
 * @param millrace our own version
 * @param xgboost that of the trees' library
 * @param djl that of the tensors' library
 * @param pytorch that of the engine below it
 */
public record CodeVersions(String millrace, String xgboost, String djl, String pytorch) {

    private static final String RESOURCE = "versions.properties";

    /** The versions that this build was made of. */
    public static CodeVersions ofThisBuild() {
        Properties properties = new Properties();
        try (InputStream resource = CodeVersions.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the trainer's jar: build it with Maven");
            }
            properties.load(resource);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + RESOURCE, failure);
        }
        return new CodeVersions(
                properties.getProperty("millrace", "?"),
                properties.getProperty("xgboost", "?"),
                properties.getProperty("djl", "?"),
                properties.getProperty("pytorch", "?"));
    }

    /** For the lineage of a model of trees that was grown from nothing. */
    public String text() {
        return "millrace " + millrace + ", xgboost " + xgboost;
    }

    /** For the lineage of a model that went on learning, whichever way. */
    public String ofAllLearners() {
        return text() + ", djl " + djl + ", pytorch " + pytorch;
    }
}
