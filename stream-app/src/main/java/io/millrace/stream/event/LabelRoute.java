package io.millrace.stream.event;

import io.millrace.inference.feature.state.EntityLabel;

/**
 * A label on its way to the feature stage of one entity.
 *
 * @param entity which kind of entity
 * @param key which one
 * @param label what became known
 */
public record LabelRoute(String entity, String key, EntityLabel label) implements Flow {}
