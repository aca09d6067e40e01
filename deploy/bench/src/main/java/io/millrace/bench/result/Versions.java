package io.millrace.bench.result;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which libraries were measured with, by the names of the jars on the class path.
 *
 * <p>Threading: stateless.
 */
public final class Versions {
    private static final Pattern JAR =
            Pattern.compile("([a-z][A-Za-z0-9_.-]*?)-(\\d[\\w.-]*?)(-linux-x86_64(-gpu)?)?\\.jar");
    /** Those that a figure depends on, as a jar's name begins. */
    private static final List<String> TELLING = List.of(
            "kafka-clients",
            "kafka-streams",
            "rocksdbjni",
            "onnxruntime",
            "avro",
            "flink-",
            "xgboost4j",
            "pytorch-native",
            "tokenizers",
            "jmh-core");

    private Versions() {}

    /** Those of this process. */
    public static Map<String, String> here() {
        return of(System.getProperty("java.class.path", ""));
    }

    /** Those of a class path, by name. */
    public static Map<String, String> of(String classPath) {
        Map<String, String> versions = new TreeMap<>();
        Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .map(entry -> JAR.matcher(new File(entry).getName()))
                .filter(Matcher::matches)
                .filter(jar -> TELLING.stream().anyMatch(jar.group(1)::startsWith))
                .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        return versions;
    }
}
