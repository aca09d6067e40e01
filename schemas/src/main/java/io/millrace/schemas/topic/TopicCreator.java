package io.millrace.schemas.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that topics exist. What exists already stays as it is.
 *
 * <p>Threading: stateless, as safe as the admin client that it is given.
 */
public final class TopicCreator {
    private static final long VISIBLE_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private TopicCreator() {}

    /**
     * Creates the topics that are missing, with the broker's default replication, and waits until the broker serves
     * them. Of several specs of one name, the first counts.
     *
     * @return the names of those that were created, in the order of the specs
     * @throws TopicMissingException for one that is missing and may not be created
     * @throws KafkaException when the broker does not answer
     */
    public static List<String> ensure(Admin admin, List<TopicSpec> specs) {
        Map<String, TopicSpec> byName = new LinkedHashMap<>();
        specs.forEach(spec -> byName.putIfAbsent(spec.name(), spec));
        List<TopicSpec> missing = missing(admin, List.copyOf(byName.values()));
        if (missing.isEmpty()) {
            return List.of();
        }
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        missing.stream().map(TopicCreator::request).toList())
                .values();
        List<String> created = new ArrayList<>();
        for (TopicSpec spec : missing) {
            if (isCreated(spec, failure(answers.get(spec.name())))) {
                created.add(spec.name());
            }
        }
        awaitVisible(admin, missing);
        return List.copyOf(created);
    }

    /**
     * Checks that topics exist and creates none.
     *
     * @throws TopicMissingException for the first one that is missing
     * @throws KafkaException when the broker does not answer
     */
    public static void require(Admin admin, List<TopicSpec> specs) {
        List<TopicSpec> missing = missing(admin, specs);
        if (!missing.isEmpty()) {
            TopicSpec first = missing.get(0);
            throw new TopicMissingException(
                    first, "is needed here", new UnknownTopicOrPartitionException("no topic '" + first.name() + "'"));
        }
    }

    private static List<TopicSpec> missing(Admin admin, List<TopicSpec> specs) {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        specs.stream().map(TopicSpec::name).toList())
                .topicNameValues();
        List<TopicSpec> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            Throwable failure = failure(answers.get(spec.name()));
            if (failure instanceof UnknownTopicOrPartitionException) {
                missing.add(spec);
            } else if (failure != null) {
                throw new KafkaException(
                        "cannot look up topic '" + spec.name() + "': " + failure.getMessage(), failure);
            }
        }
        return missing;
    }

    private static NewTopic request(TopicSpec spec) {
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(spec.settings());
    }

    private static boolean isCreated(TopicSpec spec, @Nullable Throwable failure) {
        if (failure == null) {
            return true;
        }
        if (failure instanceof TopicExistsException) {
            // Another process was quicker.
            return false;
        }
        if (failure instanceof RetriableException) {
            throw new KafkaException("cannot create topic '" + spec.name() + "' now: " + failure.getMessage(), failure);
        }
        throw new TopicMissingException(
                spec, "the broker does not let us create it (" + failure.getMessage() + ")", failure);
    }

    /** A broker may answer that a topic is created and take a moment until it knows it itself. */
    private static void awaitVisible(Admin admin, List<TopicSpec> specs) {
        long startedNanos = System.nanoTime();
        List<TopicSpec> unseen = specs;
        while (!unseen.isEmpty()) {
            unseen = missing(admin, unseen);
            if (!unseen.isEmpty()) {
                if (System.nanoTime() - startedNanos > VISIBLE_WITHIN_NANOS) {
                    throw new TimeoutException(
                            "the broker created topic '" + unseen.get(0).name() + "' but does not serve it: try again");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static @Nullable Throwable failure(@Nullable KafkaFuture<?> answer) {
        if (answer == null) {
            return new IllegalStateException("the broker did not answer for this topic");
        }
        try {
            answer.get();
            return null;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }
}
