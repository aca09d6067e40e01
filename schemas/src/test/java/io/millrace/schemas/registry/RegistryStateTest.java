package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistryStateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final ModelVersion SECOND =
            new ModelVersion("fraud", 2, "name: fraud", "hash", List.of(), NOW, "anna", null);
    private static final ModelRoles ROLES = new ModelRoles("fraud", 2, null, List.of(), false, "why", "anna", NOW);
    private static final ModelStatus STATUS =
            new ModelStatus("host-1", "cards", "fraud", 2, ModelState.ACTIVE, "", "CPU", NOW);

    private final SingleObject<ModelVersion> versions = SingleObject.of(ModelVersion.class, SchemaStore.ofOwn());
    private final SingleObject<ModelRoles> roles = SingleObject.of(ModelRoles.class, SchemaStore.ofOwn());
    private final SingleObject<ModelStatus> statuses = SingleObject.of(ModelStatus.class, SchemaStore.ofOwn());
    private final RegistryState state = new RegistryState();

    @Test
    void bringsVersionsRolesAndStatusTogether() {
        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", versions.encode(SECOND)))
                .isTrue();
        assertThat(apply(TopicCatalogue.MODEL_ROLES, "fraud", roles.encode(ROLES)))
                .isTrue();
        assertThat(apply(TopicCatalogue.MODEL_STATUS, "host-1/cards/fraud", statuses.encode(STATUS)))
                .isTrue();

        RegistryView view = state.view();
        assertThat(view.champion("fraud")).contains(SECOND);
        assertThat(view.roles()).containsEntry("fraud", ROLES);
        assertThat(view.status()).containsEntry("host-1/cards/fraud", STATUS);
        assertThat(view.versionsOf("unknown")).isEmpty();
        assertThat(view.champion("unknown")).isEmpty();
    }

    @Test
    void passesOverAndCountsWhatCannotBeRead() {
        byte[] good = versions.encode(SECOND);

        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", new byte[0])).isFalse();
        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", Arrays.copyOf(good, good.length - 3)))
                .isFalse();
        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", roles.encode(ROLES)))
                .isFalse();
        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, "fraud@3", good)).isFalse();
        assertThat(apply(TopicCatalogue.MODEL_VERSIONS, null, good)).isFalse();
        assertThat(apply(TopicCatalogue.MODEL_ROLES, "cards", roles.encode(ROLES)))
                .isFalse();

        assertThat(state.skipped()).isEqualTo(6);
        assertThat(state.view()).isEqualTo(RegistryView.EMPTY);
    }

    @Test
    void forgetsWhatATombstoneNames() {
        apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", versions.encode(SECOND));
        apply(TopicCatalogue.MODEL_ROLES, "fraud", roles.encode(ROLES));
        apply(TopicCatalogue.MODEL_STATUS, "host-1/cards/fraud", statuses.encode(STATUS));

        apply(TopicCatalogue.MODEL_VERSIONS, "fraud@1", null);
        apply(TopicCatalogue.MODEL_VERSIONS, "nonsense", null);
        assertThat(state.view().versionsOf("fraud")).containsOnlyKeys(2);
        apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", null);
        apply(TopicCatalogue.MODEL_ROLES, "fraud", null);
        apply(TopicCatalogue.MODEL_STATUS, "host-1/cards/fraud", null);

        assertThat(state.view().versionsOf("fraud")).isEmpty();
        assertThat(state.view().roles()).isEmpty();
        assertThat(state.view().status()).isEmpty();
        assertThat(state.skipped()).isZero();
    }

    @Test
    void doesNotChangeAViewThatWasTakenBefore() {
        RegistryView before = state.view();

        apply(TopicCatalogue.MODEL_VERSIONS, "fraud@2", versions.encode(SECOND));

        assertThat(before.versions()).isEmpty();
    }

    private boolean apply(String topic, @Nullable String key, byte @Nullable [] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return state.apply(new ConsumerRecord<>(topic, 0, 0, keyBytes, value));
    }
}
