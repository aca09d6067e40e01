package io.millrace.cli.command;

import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.RegistryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the commands word what the registry says. */
final class ModelTexts {

    private ModelTexts() {}

    /** What a version does: champion, pinned, challenger, previous. */
    static List<String> roles(@Nullable ModelRoles roles, int version) {
        List<String> words = new ArrayList<>();
        if (roles == null) {
            return words;
        }
        if (Objects.equals(roles.getChampion(), version)) {
            words.add("champion");
            if (roles.getPinned()) {
                words.add("pinned");
            }
        }
        if (Objects.equals(roles.getChallenger(), version)) {
            words.add("challenger");
        }
        if (roles.getPrevious().contains(version)) {
            words.add("previous");
        }
        return words;
    }

    /** How far each stream instance is with a version, as "fraud@host: active". */
    static List<String> states(RegistryView view, ModelVersion version) {
        return view.status().values().stream()
                .filter(status ->
                        status.getModel().equals(version.getName()) && status.getVersion() == version.getVersion())
                .map(ModelTexts::state)
                .toList();
    }

    private static String state(ModelStatus status) {
        String word = status.getState().name().toLowerCase(Locale.ROOT);
        String reason = status.getReason().isEmpty() ? "" : " (" + status.getReason() + ")";
        return status.getPipeline() + " on " + status.getInstance() + ": " + word + reason;
    }

    /** Of all files, whole. */
    static long bytes(ModelVersion version) {
        return version.getBlobs().stream().mapToLong(VersionFiles::wholeBytes).sum();
    }

    /** The roles of a model in one line, for the commands that change them. */
    static String sentence(ModelRoles roles) {
        StringBuilder text = new StringBuilder("model " + roles.getName() + ": ");
        text.append(roles.getChampion() == null ? "no champion" : "champion is version " + roles.getChampion());
        if (roles.getPinned()) {
            text.append(", pinned");
        }
        if (roles.getChallenger() != null) {
            text.append(", challenger is version ").append(roles.getChallenger());
        }
        return text.append(" (").append(roles.getReason()).append(')').toString();
    }
}
