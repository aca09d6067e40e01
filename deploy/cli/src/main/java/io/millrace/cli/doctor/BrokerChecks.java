package io.millrace.cli.doctor;

import io.millrace.cli.output.ErrorRenderer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Node;

/**
 * Looks at the cluster: whether it answers, and whether it can do what exactly-once needs.
 *
 * <p>Threading: confined to the caller, who owns the admin client.
 */
public final class BrokerChecks {

    private static final long ANSWER_SECONDS = 15;
    /** Exactly-once commits of Kafka Streams need what came with Kafka 2.5; KRaft features tell of 3.3 and later. */
    private static final String METADATA_VERSION = "metadata.version";

    private BrokerChecks() {}

    public static List<Finding> run(Admin admin, String description) {
        try {
            Collection<Node> nodes = admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            Map<String, FinalizedVersionRange> features = admin.describeFeatures()
                    .featureMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures();
            return List.of(
                    Finding.ok("broker", description + ", " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes")),
                    features(features));
        } catch (ExecutionException | TimeoutException e) {
            return List.of(Finding.failed(
                    "broker",
                    description + " does not answer: " + ErrorRenderer.message(e),
                    "check that it runs, and the security settings under 'kafka:' in the configuration"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.failed("broker", "interrupted while asking " + description, "ask again"));
        }
    }

    static Finding features(Map<String, FinalizedVersionRange> features) {
        Map<String, Short> levels = new TreeMap<>();
        features.forEach((name, range) -> levels.put(name, range.maxVersionLevel()));
        if (!levels.containsKey(METADATA_VERSION)) {
            return Finding.warning(
                    "broker features",
                    "the cluster names no " + METADATA_VERSION + ": it is older than Kafka 3.3, or not Kafka",
                    "Millrace is tested with Kafka 4; upgrade if exactly-once commits fail");
        }
        return Finding.ok("broker features", levels.toString().replaceAll("[{}]", ""));
    }
}
