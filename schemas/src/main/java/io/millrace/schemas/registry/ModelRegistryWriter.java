package io.millrace.schemas.registry;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes versions of one model and decides on their roles. Each call is one transaction: weights first, then the
 * manifest, then the roles, all of it visible or nothing. Two writers of one model cannot take the same number: the
 * later one fences the earlier, which then fails with a {@link PublisherFencedException}.
 *
 * <p>Threading: thread-confined. Lifecycle: owns a reader until {@link #close}, and a producer during each call.
 *
 * <p>All methods throw {@link RegistryException} when they refuse, {@link io.millrace.schemas.topic.TopicMissingException}
 * without the topics, and {@link org.apache.kafka.common.KafkaException} when the broker does not answer.
 */
public final class ModelRegistryWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelRegistryWriter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Object> kafka;
    private final String model;
    private final String who;
    private final Clock clock;
    private final ModelRegistryReader reader;
    private final SingleObject<ModelVersion> versionCodec = SingleObject.of(ModelVersion.class, SchemaStore.ofOwn());
    private final SingleObject<ModelRoles> rolesCodec = SingleObject.of(ModelRoles.class, SchemaStore.ofOwn());

    /**
     * Makes the writer; connects when it is first used.
     *
     * @param kafka client properties, {@code bootstrap.servers} among them
     * @param model its name
     * @param who goes into each record as its author
     */
    public ModelRegistryWriter(Map<String, Object> kafka, String model, String who, Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.model = VersionDraft.requireName(model);
        this.who = who;
        this.clock = clock;
        this.reader = new ModelRegistryReader(kafka);
    }

    /**
     * Publishes the next version. Files that an earlier version has already are not sent again, and
     * of files that the draft has a delta for only that is sent, if its base is still there.
     *
     * <p>A pinned champion stays: the version then becomes challenger, and the reason of the roles says so. If another
     * publisher comes between, the version is published once more; whoever is fenced twice is told.
     */
    public ModelVersion publish(VersionDraft draft, PublishAs as, String reason) {
        AtomicReference<@Nullable ModelVersion> sent = new AtomicReference<>();
        try {
            return publish(draft, as, reason, PublishTerms.NONE, sent);
        } catch (PublisherFencedException fenced) {
            log.atInfo().addKeyValue("model", model).log("another publisher came between: publishing once more");
            return publish(draft, as, reason, PublishTerms.NONE, sent);
        }
    }

    /**
     * Publishes the next version on terms that are checked when no other publisher can come between. Who sets terms must
     * look again before trying again, so a fenced publisher is told at once.
     *
     * @throws ChampionChangedException if another version is the champion than the terms say
     */
    public ModelVersion publish(VersionDraft draft, PublishAs as, String reason, PublishTerms terms) {
        return publish(draft, as, reason, terms, new AtomicReference<>());
    }

    private ModelVersion publish(
            VersionDraft draft,
            PublishAs as,
            String reason,
            PublishTerms terms,
            AtomicReference<@Nullable ModelVersion> sent) {
        if (!draft.name().equals(model)) {
            throw new IllegalArgumentException(
                    "a version of model '" + draft.name() + "' was given to the writer of model '" + model + "'");
        }
        try (RegistryTransaction transaction = RegistryTransaction.fence(kafka, model)) {
            RegistryView before = reader.readSettled(PATIENCE);
            ModelVersion tried = sent.get();
            if (tried != null && tried.equals(before.versionsOf(model).get(tried.getVersion()))) {
                return tried; // the first try was done after all, only its answer was lost
            }
            requireChampion(before, terms.champion());
            int number = nextNumber(before);
            Instant now = now();
            BlobReuse reuse = BlobReuse.of(kafka, before.versionsOf(model).values());
            transaction.begin();
            List<BlobRef> refs = new ArrayList<>();
            OutgoingBlobs outgoing = new OutgoingBlobs(transaction, reuse);
            draft.blobs()
                    .forEach((path, file) ->
                            refs.add(outgoing.send(path, file, draft.deltas().get(path))));
            ModelVersion version = new ModelVersion(
                    model,
                    number,
                    draft.manifestYaml(),
                    Sha256.hex(draft.manifestYaml().getBytes(StandardCharsets.UTF_8)),
                    refs,
                    now,
                    who,
                    null);
            sent.set(version);
            transaction.send(
                    TopicCatalogue.MODEL_VERSIONS,
                    RegistryState.versionKey(model, number),
                    versionCodec.encode(version));
            rules(before, number, now).published(number, as, reason).ifPresent(roles -> sendRoles(transaction, roles));
            terms.beside().apply(version).forEach(side -> transaction.send(side.topic(), side.key(), side.value()));
            transaction.commit();
            return version;
        }
    }

    /** Makes a version the champion, which must not be pinned; the roles after it. */
    public ModelRoles promote(int version, String reason) {
        return decide(rules -> rules.promoted(version, reason));
    }

    /** Makes the latest earlier champion the champion again; the roles after it. */
    public ModelRoles rollback(String reason) {
        return decide(rules -> Optional.of(rules.rolledBack(reason)));
    }

    /**
     * Keeps publications from replacing the champion; the roles after it.
     *
     * @param version becomes champion first; null for the present champion
     */
    public ModelRoles pin(@Nullable Integer version, String reason) {
        return decide(rules -> Optional.of(rules.pinned(version, reason)));
    }

    /** Lets publications replace the champion again; the roles after it. */
    public ModelRoles unpin(String reason) {
        return decide(rules -> rules.unpinned(reason));
    }

    /**
     * Decides once more when another publisher came between: what is decided rests on what the log says then. Whoever
     * is fenced twice is told.
     */
    private ModelRoles decide(Function<RoleRules, Optional<ModelRoles>> decision) {
        AtomicReference<@Nullable ModelRoles> sent = new AtomicReference<>();
        try {
            return decide(decision, sent);
        } catch (PublisherFencedException fenced) {
            log.atInfo().addKeyValue("model", model).log("another publisher came between: deciding once more");
            return decide(decision, sent);
        }
    }

    private ModelRoles decide(
            Function<RoleRules, Optional<ModelRoles>> decision, AtomicReference<@Nullable ModelRoles> sent) {
        try (RegistryTransaction transaction = RegistryTransaction.fence(kafka, model)) {
            RegistryView before = reader.readSettled(PATIENCE);
            ModelRoles present = before.roles().get(model);
            if (before.versionsOf(model).isEmpty()) {
                throw new RegistryException("there is no model '" + model + "': publish a version first; known models: "
                        + before.versions().keySet());
            }
            if (present != null && present.equals(sent.get())) {
                return present; // the first try was done after all, only its answer was lost
            }
            Optional<ModelRoles> decided = decision.apply(rules(before, null, now()));
            if (decided.isPresent()) {
                sent.set(decided.get());
                transaction.begin();
                sendRoles(transaction, decided.get());
                transaction.commit();
                return decided.get();
            }
            if (present == null) {
                throw new RegistryException("model '" + model + "' has no champion: promote a version first");
            }
            return present;
        }
    }

    private void requireChampion(RegistryView before, @Nullable Integer expected) {
        ModelRoles roles = before.roles().get(model);
        Integer champion = roles == null ? null : roles.getChampion();
        if (expected != null && !expected.equals(champion)) {
            throw new ChampionChangedException(model, expected, champion);
        }
    }

    private void sendRoles(RegistryTransaction transaction, ModelRoles roles) {
        transaction.send(TopicCatalogue.MODEL_ROLES, model, rolesCodec.encode(roles));
    }

    private RoleRules rules(RegistryView before, @Nullable Integer added, Instant now) {
        TreeSet<Integer> versions = new TreeSet<>(before.versionsOf(model).keySet());
        if (added != null) {
            versions.add(added);
        }
        return new RoleRules(model, versions, before.roles().get(model), who, now);
    }

    /** Roles may name a version that was deleted since: its number is not given again. */
    private int nextNumber(RegistryView before) {
        NavigableMap<Integer, ModelVersion> versions = before.versionsOf(model);
        int last = versions.isEmpty() ? 0 : versions.lastKey();
        ModelRoles roles = before.roles().get(model);
        if (roles != null) {
            last = Math.max(last, roles.getChampion() == null ? 0 : roles.getChampion());
            last = Math.max(last, roles.getChallenger() == null ? 0 : roles.getChallenger());
            last = Math.max(
                    last, roles.getPrevious().stream().max(Integer::compare).orElse(0));
        }
        return last + 1;
    }

    /** As precise as the wire, so that what is returned equals what is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        reader.close();
    }
}
