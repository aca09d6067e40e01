package io.millrace.schemas.registry;

import io.millrace.schemas.avro.ModelRoles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version of one model does what, after each kind of decision. A decision that changes nothing answers nothing.
 *
 * <p>Threading: immutable.
 *
 * @param model its name
 * @param versions the numbers that exist
 * @param present the roles so far; null before the first decision
 * @param by who decides
 * @param at when
 */
record RoleRules(
        String model,
        NavigableSet<Integer> versions,
        @Nullable ModelRoles present,
        String by,
        Instant at) {

    /** Rollbacks further than this are a matter of promotion. */
    private static final int KEPT_PREVIOUS = 100;

    /** After the publication of a version, which is among the versions already. */
    Optional<ModelRoles> published(int version, PublishAs as, String reason) {
        return switch (as) {
            case NONE -> Optional.empty();
            case CHALLENGER -> Optional.of(challenge(version, reason));
            case CHAMPION ->
                Optional.of(
                        isPinned()
                                ? challenge(
                                        version,
                                        reason + " (champion " + champion() + " is pinned, so " + version
                                                + " waits as challenger)")
                                : crown(version, false, reason));
        };
    }

    Optional<ModelRoles> promoted(int version, String reason) {
        requireExists(version);
        if (Objects.equals(champion(), version)) {
            return Optional.empty();
        }
        requireUnpinned("promote version " + version);
        return Optional.of(crown(version, false, reason));
    }

    /** Back to the latest earlier champion that still exists; the champion that fails is not kept as a way back. */
    ModelRoles rolledBack(String reason) {
        requireUnpinned("roll back");
        List<Integer> left = new ArrayList<>(previous());
        left.removeIf(number -> !versions.contains(number) || Objects.equals(number, champion()));
        if (left.isEmpty()) {
            throw new RegistryException("cannot roll back model '" + model + "': champion " + champion()
                    + " has no earlier champion; promote one of the versions " + versions);
        }
        int back = left.remove(0);
        Integer challenger = Objects.equals(challenger(), back) ? null : challenger();
        return roles(back, challenger, left, false, reason);
    }

    /**
     * Keeps publications from replacing the champion.
     *
     * @param version becomes champion first; null for the present one
     */
    ModelRoles pinned(@Nullable Integer version, String reason) {
        Integer pinned = version == null ? champion() : version;
        if (pinned == null) {
            throw new RegistryException("cannot pin the champion of model '" + model
                    + "': it has none; name one of the versions " + versions);
        }
        requireExists(pinned);
        return crown(pinned, true, reason);
    }

    Optional<ModelRoles> unpinned(String reason) {
        return isPinned() ? Optional.of(roles(champion(), challenger(), previous(), false, reason)) : Optional.empty();
    }

    private ModelRoles crown(int version, boolean pin, String reason) {
        List<Integer> earlier = new ArrayList<>(previous());
        Integer replaced = champion();
        if (replaced != null && replaced != version) {
            earlier.add(0, replaced);
        }
        List<Integer> distinct = earlier.stream()
                .filter(number -> number != version)
                .distinct()
                .limit(KEPT_PREVIOUS)
                .toList();
        Integer challenger = Objects.equals(challenger(), version) ? null : challenger();
        return roles(version, challenger, distinct, pin, reason);
    }

    private ModelRoles challenge(int version, String reason) {
        return roles(champion(), version, previous(), isPinned(), reason);
    }

    private ModelRoles roles(
            @Nullable Integer champion,
            @Nullable Integer challenger,
            List<Integer> previous,
            boolean pinned,
            String reason) {
        return new ModelRoles(model, champion, challenger, List.copyOf(previous), pinned, reason, by, at);
    }

    private void requireExists(int version) {
        if (!versions.contains(version)) {
            throw new RegistryException(
                    "model '" + model + "' has no version " + version + ": it has the versions " + versions);
        }
    }

    private void requireUnpinned(String what) {
        if (isPinned()) {
            throw new RegistryException("cannot " + what + ": champion " + champion() + " of model '" + model
                    + "' is pinned: unpin it first, or pin the other version instead");
        }
    }

    private @Nullable Integer champion() {
        return present == null ? null : present.getChampion();
    }

    private @Nullable Integer challenger() {
        return present == null ? null : present.getChallenger();
    }

    private List<Integer> previous() {
        return present == null ? List.of() : present.getPrevious();
    }

    private boolean isPinned() {
        return present != null && present.getPinned();
    }
}
