package io.millrace.bench.result;

import java.util.Map;

/**
 * A result with all that is needed to repeat it, as it is kept in a file.
 *
 * <p>Threading: immutable if the result is.
 *
 * @param benchmark what was measured, as in {@code millrace bench NAME}
 * @param command the command line
 * @param measuredAt when it was done, in ISO 8601
 * @param commit of our code; ends with {@code +changes} when files differed from it
 * @param versions of the libraries that count, by name
 * @param settings of the run, by the options' names
 * @param result what was found
 */
public record Measured<T>(
        String benchmark,
        String command,
        String measuredAt,
        Machine machine,
        String commit,
        Map<String, String> versions,
        Map<String, Object> settings,
        T result) {}
