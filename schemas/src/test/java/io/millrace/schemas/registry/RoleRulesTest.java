package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.ModelRoles;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void crownsTheFirstVersion() {
        ModelRoles roles =
                rules(1, null).published(1, PublishAs.CHAMPION, "first").orElseThrow();

        assertThat(roles).isEqualTo(new ModelRoles("fraud", 1, null, List.of(), false, "first", "anna", NOW));
    }

    @Test
    void remembersEarlierChampionsTheLatestFirst() {
        ModelRoles roles = rules(3, roles(2, null, List.of(1), false))
                .published(3, PublishAs.CHAMPION, "better")
                .orElseThrow();

        assertThat(roles.getChampion()).isEqualTo(3);
        assertThat(roles.getPrevious()).containsExactly(2, 1);
    }

    @Test
    void leavesTheChampionToAChallengerOrAVersionWithoutARole() {
        RoleRules rules = rules(2, roles(1, null, List.of(), true));

        ModelRoles challenged =
                rules.published(2, PublishAs.CHALLENGER, "try it").orElseThrow();

        assertThat(challenged.getChampion()).isEqualTo(1);
        assertThat(challenged.getChallenger()).isEqualTo(2);
        assertThat(challenged.getPinned()).isTrue();
        assertThat(rules.published(2, PublishAs.NONE, "keep it")).isEmpty();
    }

    @Test
    void letsAPinnedChampionStayAndSaysSo() {
        ModelRoles roles = rules(3, roles(1, null, List.of(), true))
                .published(3, PublishAs.CHAMPION, "retrained")
                .orElseThrow();

        assertThat(roles.getChampion()).isEqualTo(1);
        assertThat(roles.getChallenger()).isEqualTo(3);
        assertThat(roles.getReason()).isEqualTo("retrained (champion 1 is pinned, so 3 waits as challenger)");
    }

    @Test
    void promotesTheChallengerOutOfItsRole() {
        ModelRoles roles = rules(2, roles(1, 2, List.of(), false))
                .promoted(2, "proved itself")
                .orElseThrow();

        assertThat(roles.getChampion()).isEqualTo(2);
        assertThat(roles.getChallenger()).isNull();
        assertThat(roles.getPrevious()).containsExactly(1);
    }

    @Test
    void changesNothingWhenTheChampionIsPromoted() {
        assertThat(rules(2, roles(2, null, List.of(1), true)).promoted(2, "again"))
                .isEmpty();
    }

    @Test
    void refusesVersionsThatDoNotExist() {
        assertThatThrownBy(() -> rules(2, roles(1, null, List.of(), false)).promoted(7, "typo"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("model 'fraud' has no version 7: it has the versions [1, 2]");
        assertThatThrownBy(() -> rules(2, roles(1, null, List.of(), false)).pinned(7, "typo"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no version 7");
    }

    @Test
    void refusesToReplaceAPinnedChampion() {
        RoleRules rules = rules(2, roles(1, 2, List.of(2), true));

        assertThatThrownBy(() -> rules.promoted(2, "anyway"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("champion 1 of model 'fraud' is pinned: unpin it first");
        assertThatThrownBy(() -> rules.rolledBack("anyway")).isInstanceOf(RegistryException.class);
    }

    @Test
    void rollsBackFurtherEachTime() {
        ModelRoles once = rules(3, roles(3, null, List.of(2, 1), false)).rolledBack("worse");
        ModelRoles twice = rules(3, once).rolledBack("still worse");

        assertThat(once.getChampion()).isEqualTo(2);
        assertThat(once.getPrevious()).containsExactly(1);
        assertThat(twice.getChampion()).isEqualTo(1);
        assertThatThrownBy(() -> rules(3, twice).rolledBack("no further"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("has no earlier champion");
    }

    @Test
    void rollsBackOverVersionsThatWereDeleted() {
        RoleRules rules =
                new RoleRules("fraud", new TreeSet<>(List.of(1, 3)), roles(3, null, List.of(2, 1), false), "anna", NOW);

        assertThat(rules.rolledBack("worse").getChampion()).isEqualTo(1);
    }

    @Test
    void pinsThePresentOrAnotherVersionAndUnpins() {
        ModelRoles present = rules(2, roles(2, null, List.of(1), false)).pinned(null, "audit");
        ModelRoles other = rules(2, present).pinned(1, "audit of the old one");
        ModelRoles unpinned = rules(2, other).unpinned("done").orElseThrow();

        assertThat(present.getChampion()).isEqualTo(2);
        assertThat(present.getPinned()).isTrue();
        assertThat(other.getChampion()).isEqualTo(1);
        assertThat(other.getPrevious()).containsExactly(2);
        assertThat(other.getPinned()).isTrue();
        assertThat(unpinned.getPinned()).isFalse();
        assertThat(rules(2, unpinned).unpinned("twice")).isEmpty();
    }

    @Test
    void refusesToPinWithoutAChampion() {
        assertThatThrownBy(() -> rules(2, null).pinned(null, "audit"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("name one of the versions [1, 2]");
    }

    private static RoleRules rules(int versions, @Nullable ModelRoles present) {
        TreeSet<Integer> numbers = new TreeSet<>();
        IntStream.rangeClosed(1, versions).forEach(numbers::add);
        return new RoleRules("fraud", numbers, present, "anna", NOW);
    }

    private static ModelRoles roles(
            @Nullable Integer champion, @Nullable Integer challenger, List<Integer> previous, boolean pinned) {
        return new ModelRoles("fraud", champion, challenger, previous, pinned, "before", "bert", NOW.minusSeconds(60));
    }
}
