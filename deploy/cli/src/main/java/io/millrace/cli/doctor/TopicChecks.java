package io.millrace.cli.doctor;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Compares the topics of the catalogue with those the broker has.
 *
 * <p>Threading: confined to the caller, who owns the admin client.
 */
public final class TopicChecks {

    private TopicChecks() {}

    /** The topics that the pipelines need, each once. */
    public static List<TopicSpec> needed(List<PipelineConfig> pipelines) {
        Map<String, TopicSpec> specs = new LinkedHashMap<>();
        TopicCatalogue.model().forEach(spec -> specs.put(spec.name(), spec));
        for (PipelineConfig pipeline : pipelines) {
            LabelsConfig labels = pipeline.labels();
            String labelTopic = labels == null ? null : labels.topic();
            TopicCatalogue.pipeline(pipeline.name(), pipeline.input().topic(), labelTopic, pipeline.partitions())
                    .forEach(spec -> specs.putIfAbsent(spec.name(), spec));
            if (pipeline.feed() != null) {
                TopicSpec feed = TopicCatalogue.feed(pipeline.name(), pipeline.partitions());
                specs.putIfAbsent(feed.name(), feed);
            }
        }
        return List.copyOf(specs.values());
    }

    /** What the broker has of each of them. */
    public static List<TopicState> states(Admin admin, List<TopicSpec> specs) {
        try {
            Set<String> existing = new TreeSet<>(admin.listTopics().names().get());
            List<String> names = specs.stream()
                    .map(TopicSpec::name)
                    .filter(existing::contains)
                    .toList();
            Map<String, TopicDescription> descriptions =
                    admin.describeTopics(names).allTopicNames().get();
            Map<String, Map<String, String>> settings = settings(admin, names);
            List<TopicState> states = new ArrayList<>();
            for (TopicSpec spec : specs) {
                TopicDescription description = descriptions.get(spec.name());
                states.add(
                        description == null
                                ? TopicState.missing(spec)
                                : TopicState.of(
                                        spec,
                                        description.partitions().size(),
                                        settings.getOrDefault(spec.name(), Map.of())));
            }
            return List.copyOf(states);
        } catch (ExecutionException e) {
            throw new KafkaException("the broker does not tell of its topics: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<String, Map<String, String>> settings(Admin admin, Collection<String> names)
            throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> described =
                admin.describeConfigs(resources).all().get();
        Map<String, Map<String, String>> byTopic = new HashMap<>();
        described.forEach((resource, config) -> {
            Map<String, String> values = new TreeMap<>();
            config.entries().forEach(entry -> {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            });
            byTopic.put(resource.name(), values);
        });
        return byTopic;
    }

    /** One finding for each topic that is not right, or one for all of them. The user's own topics may differ. */
    public static List<Finding> findings(List<TopicState> states, Set<String> ownedByUser) {
        List<Finding> findings = new ArrayList<>();
        for (TopicState state : states) {
            String check = "topic " + state.spec().name();
            if (!state.exists()) {
                findings.add(Finding.warning(
                        check,
                        "missing; it is created when a stream starts, if the broker allows it",
                        "run 'millrace topics --create', or " + state.spec().createCommand()));
            } else if (!state.isRight() && !ownedByUser.contains(state.spec().name())) {
                findings.add(Finding.failed(check, state.summary(), "alter it with kafka-configs.sh, or delete it"));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("topics", states.size() + " exist with the right settings"))
                : findings;
    }

    /** The topics that belong to the user: input and labels. */
    public static Set<String> ownedByUser(List<PipelineConfig> pipelines) {
        Set<String> names = new TreeSet<>();
        for (PipelineConfig pipeline : pipelines) {
            names.add(pipeline.input().topic());
            LabelsConfig labels = pipeline.labels();
            if (labels != null) {
                names.add(labels.topic());
            }
        }
        return names;
    }
}
