package io.millrace.stream.swap;

import java.util.List;

/**
 * What a pipeline's state and topics are built for; a version must fit it to be swapped in.
 *
 * @param featureSetHash hash of the feature set whose windows the state holds
 * @param classes names of the classes, the positive one last; empty when not known yet
 */
public record ServedModel(String featureSetHash, List<String> classes) {}
