package io.millrace.inference.bundle.assembly;

import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;

/**
 * How the large files of a bundle are put together: what {@code assembly.yaml} says.
 *
 * <p>Threading: immutable.
 *
 * @param artifact Maven coordinates of the artifact that holds the base
 * @param model the base's ONNX file
 * @param tokenizer the base's tokenizer, which the bundle takes over as it is
 * @param graph file in the bundle's folder with the exact differences: nodes, and tensors that are small
 * @param weights file in the bundle's folder with the coded differences of the matrices
 */
public record Assembly(String artifact, BaseFile model, BaseFile tokenizer, String graph, String weights) {

    /**
     * Reads the text of a file.
     *
     * @param origin the file's name, for messages
     * @throws ConfigException if it is not exactly that
     */
    public static Assembly parse(String yaml, String origin) {
        return StrictYaml.read(yaml, Assembly.class, origin);
    }

    /** As text: the same for the same assembly. */
    public String yaml() {
        return StrictYaml.write(this);
    }
}
