package io.millrace.schemas.registry;

import org.jspecify.annotations.Nullable;

/** A version was to replace a champion that is no longer the champion; nothing was written. */
public final class ChampionChangedException extends RegistryException {
    ChampionChangedException(String model, int expected, @Nullable Integer found) {
        super("the champion of model '" + model + "' was to be version " + expected + ", but now "
                + (found == null ? "there is none" : "it is version " + found)
                + ": what was compared with version " + expected + " says nothing about it, so compare again");
    }
}
