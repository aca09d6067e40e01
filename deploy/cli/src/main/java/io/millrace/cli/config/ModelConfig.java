package io.millrace.cli.config;

import java.nio.file.Path;

/**
 * A model that a pipeline may name.
 *
 * @param name of the model
 * @param bundle folder of a bundle that is published when the registry has no version of the model
 */
public record ModelConfig(String name, Path bundle) {

    ModelConfig from(Path folder) {
        return new ModelConfig(name, folder.resolve(bundle).normalize());
    }
}
