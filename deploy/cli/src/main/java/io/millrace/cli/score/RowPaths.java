package io.millrace.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Dotted paths into the JSON object of a row. Threading: stateless. */
final class RowPaths {
    private RowPaths() {}

    /**
     * The object that holds the last name of a path; made where it is missing.
     *
     * @throws IllegalArgumentException if something else than an object is in the way
     */
    static ObjectNode parent(ObjectNode root, String path) {
        ObjectNode node = root;
        String[] steps = path.split("\\.", -1);
        for (int step = 0; step < steps.length - 1; step++) {
            JsonNode child = node.get(steps[step]);
            if (child instanceof ObjectNode inner) {
                node = inner;
            } else if (child == null || child.isNull()) {
                node = node.putObject(steps[step]);
            } else {
                throw new IllegalArgumentException(steps[step] + " is no object");
            }
        }
        return node;
    }

    /** The last name of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** What is at a path; null where nothing is. */
    static @Nullable JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        for (String step : path.split("\\.", -1)) {
            node = node.path(step);
        }
        return node.isMissingNode() || node.isNull() ? null : node;
    }
}
