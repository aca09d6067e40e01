package io.millrace.inference.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into records without guessing, and writes records as YAML, the same bytes every time.
 *
 * <p>Keys are the record components in kebab-case. A component that is not {@code @Nullable} must be there; a key that
 * no component has, a value of another type, a number with a fraction where a whole one belongs, a key given twice, or
 * a second document is refused. Enum constants are written in lower case with hyphens and read in either case;
 * durations are written as {@link Durations} does. What a record's own constructor refuses is reported at its path.
 *
 * <p>Threading: stateless, thread-safe.
 */
public final class StrictYaml {
    /** A manifest with thousands of golden samples is some megabytes long; the library's own limit is 3. */
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private static final ObjectMapper MAPPER = mapper();

    private StrictYaml() {}

    /**
     * Reads a text.
     *
     * @param origin where the text is from, for messages: a file's name, or "manifest of fraud@3"
     * @throws ConfigException if the text is not exactly what the type describes
     */
    public static <T> T read(String yaml, Class<T> type, String origin) {
        T value;
        try {
            value = MAPPER.readValue(yaml, type);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    origin + ": " + YamlProblem.describe(e, YamlPlaces.of(yaml, MAPPER.getFactory())), e);
        }
        if (value == null) {
            throw new ConfigException(origin + ": is empty; write at least the keys that must be there");
        }
        return value;
    }

    /** Writes a record, in the order of its components, without those that are null. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write a " + value.getClass().getSimpleName() + " as YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectMapper mapper() {
        LoaderOptions loader = new LoaderOptions();
        loader.setCodePointLimit(MAX_CHARACTERS);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(loader)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .stringQuotingChecker(new CautiousQuoting())
                .build();
        return YAMLMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .annotationIntrospector(new RequiredUnlessNullable())
                .addModule(new PlainTypes())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
