package io.millrace.stream.swap;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.RegistryView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the slot of one pipeline at its model's champion: loads what is new off the record path, refuses what does not
 * fit while the old version goes on, and says so on the status topic.
 *
 * <p>Threading: confined to the watcher's thread, but for {@link #retire} and {@link #closeRetired}, which any thread may
 * call.
 */
public final class ModelSwitch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelSwitch.class);

    /**
     * To free an encoder takes some 40 ms of a core, and holds up whoever computes beside: not the first batches with the
     * next version.
     */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final String pipeline;
    private final String model;
    private final ModelFetcher fetcher;
    private final StatusWriter status;
    private final ModelSlot slot;
    private final Set<ModelRef> refused = new HashSet<>();
    private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();
    private final LongSupplier nanoClock;
    private final @Nullable Integer lastActivated;
    private Consumer<LoadedModel> onFirst = first -> {};
    private Optional<ServedModel> served;
    private @Nullable ModelRef current;
    private boolean saidWaiting;
    private volatile boolean ended;

    /** A version that nothing scores with any more, since when. */
    private record Retired(LoadedModel model, long sinceNanos) {}

    /**
     * Makes the switch of a pipeline.
     *
     * @param served what earlier runs of the pipeline built its state for
     * @param lastActivated the version that scored last in earlier runs
     * @param nanoClock monotonic, for how long a version has been out of use
     */
    public ModelSwitch(
            String pipeline,
            String model,
            ModelFetcher fetcher,
            StatusWriter status,
            Optional<ServedModel> served,
            @Nullable Integer lastActivated,
            LongSupplier nanoClock) {
        this.pipeline = pipeline;
        this.model = model;
        this.fetcher = fetcher;
        this.status = status;
        this.served = served;
        this.lastActivated = lastActivated;
        this.nanoClock = nanoClock;
        this.slot = new ModelSlot(this::retire);
    }

    /** Has {@code action} run with the first version that is loaded, when it is in the slot; said before following. */
    public void onFirst(Consumer<LoadedModel> action) {
        onFirst = action;
    }

    /** Where the pipeline's batches take their leases from. */
    public ModelSlot slot() {
        return slot;
    }

    /** Moves to the champion of this view, if that is another version than the present one and fits. */
    void follow(RegistryView view) {
        for (ModelVersion candidate : candidates(view)) {
            ModelRef ref = new ModelRef(candidate.getName(), candidate.getVersion());
            if (ref.equals(current)) {
                return;
            }
            if (refused.contains(ref)) {
                continue;
            }
            if (load(ref, candidate, view)) {
                return;
            }
        }
        if (current == null && !saidWaiting) {
            saidWaiting = true;
            log.atInfo()
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("model", model)
                    .log("no model yet: waiting for one; publish it with 'millrace models publish'");
        }
    }

    /** The versions to try, the best first; those after the champion only matter as long as nothing serves. */
    private List<ModelVersion> candidates(RegistryView view) {
        ModelRoles roles = view.roles().get(model);
        NavigableMap<Integer, ModelVersion> versions = view.versions().getOrDefault(model, new TreeMap<>());
        Set<Integer> numbers = new LinkedHashSet<>();
        if (roles != null && roles.getChampion() != null) {
            numbers.add(roles.getChampion());
        }
        if (current == null) {
            if (lastActivated != null) {
                numbers.add(lastActivated);
            }
            if (roles != null) {
                numbers.addAll(roles.getPrevious());
            }
        }
        List<ModelVersion> found = new ArrayList<>();
        for (Integer number : numbers) {
            ModelVersion version = versions.get(number);
            if (version != null) {
                found.add(version);
            }
        }
        return found;
    }

    private boolean load(ModelRef ref, ModelVersion version, RegistryView view) {
        status.write(pipeline, ref, ModelState.LOADING, "");
        LoadedModel loaded;
        try {
            loaded = fetcher.fetch(version, view, served);
        } catch (ModelRefusedException e) {
            refused.add(ref);
            String reason = String.valueOf(e.getMessage());
            status.write(pipeline, ref, ModelState.REFUSED, reason);
            log.atWarn()
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("model", ref)
                    .addKeyValue("stays", current)
                    .log("version refused: {}", reason);
            return false;
        }
        ModelRef from = current;
        current = ref;
        slot.replace(loaded);
        status.write(pipeline, ref, ModelState.ACTIVE, "");
        log.atInfo()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("from", from)
                .addKeyValue("to", ref)
                .log("model swapped");
        if (from == null) {
            var features = loaded.manifest().featureSet();
            served = Optional.of(new ServedModel(
                    features == null ? "" : features.hash(), loaded.manifest().classes()));
            onFirst.accept(loaded);
        }
        return true;
    }

    /**
     * Called by the last that scored with a version: on the record path, so that closing it is left to the watcher for as
     * long as there is one.
     */
    private void retire(LoadedModel model) {
        // First into the queue, then the question: asked before, an end that comes between would leave it there.
        retired.add(new Retired(model, nanoClock.getAsLong()));
        if (ended) {
            closeRetired();
        }
    }

    /**
     * Closes the sessions of versions that nothing has scored with for a while, at the end of all; one that cannot be
     * closed keeps none back.
     */
    void closeRetired() {
        for (Retired next = retired.peek(); next != null && isDue(next); next = retired.peek()) {
            if (retired.remove(next)) {
                close(next.model());
            }
        }
    }

    private boolean isDue(Retired version) {
        return ended || nanoClock.getAsLong() - version.sinceNanos() >= REST_NANOS;
    }

    private void close(LoadedModel model) {
        try {
            model.close();
            log.atDebug()
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("model", model.ref())
                    .log("session closed");
        } catch (RuntimeException failure) {
            log.atWarn()
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("model", model.ref())
                    .setCause(failure)
                    .log("session not closed: its memory stays taken until the process ends");
        }
    }

    @Override
    public void close() {
        ended = true;
        slot.close();
        closeRetired();
    }
}
