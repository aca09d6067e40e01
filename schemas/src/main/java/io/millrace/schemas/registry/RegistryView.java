package io.millrace.schemas.registry;

import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the model log says at one moment.
 *
 * <p>Threading: immutable, if nobody writes to the records in it.
 *
 * @param versions by model name and number
 * @param roles by model name
 * @param status by "instance/pipeline/model"
 */
public record RegistryView(
        Map<String, NavigableMap<Integer, ModelVersion>> versions,
        Map<String, ModelRoles> roles,
        Map<String, ModelStatus> status) {

    /** A log without records. */
    public static final RegistryView EMPTY = new RegistryView(Map.of(), Map.of(), Map.of());

    public RegistryView {
        Map<String, NavigableMap<Integer, ModelVersion>> copy = new TreeMap<>();
        versions.forEach(
                (name, numbered) -> copy.put(name, Collections.unmodifiableNavigableMap(new TreeMap<>(numbered))));
        versions = Collections.unmodifiableMap(copy);
        roles = Collections.unmodifiableMap(new TreeMap<>(roles));
        status = Collections.unmodifiableMap(new TreeMap<>(status));
    }

    /** The versions of a model by number; empty for a model that is not known. */
    public NavigableMap<Integer, ModelVersion> versionsOf(String model) {
        return versions.getOrDefault(model, Collections.emptyNavigableMap());
    }

    /** The version of a model that scores. */
    public Optional<ModelVersion> champion(String model) {
        return Optional.ofNullable(roles.get(model))
                .map(ModelRoles::getChampion)
                .map(number -> versionsOf(model).get(number));
    }
}
