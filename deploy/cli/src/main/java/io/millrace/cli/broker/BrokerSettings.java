package io.millrace.cli.broker;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of the one-node broker: quick to start and to recover, and nothing in its folder expires by itself. */
final class BrokerSettings {

    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    /** Room for a model chunk, and for a dead letter of a record that another cluster let through. */
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private BrokerSettings() {}

    static Properties of(Path logFolder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("log.dirs", logFolder.toString());
        oneNode(settings);
        quick(settings);
        keepEverything(settings);
        return settings;
    }

    private static void oneNode(Properties settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        // A topic made by accident has neither our partitions nor our retention: the catalogue creates them.
        settings.put("auto.create.topics.enable", "false");
    }

    private static void quick(Properties settings) {
        String threads = Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors() / 2));
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // After a kill the old registration must lapse before the broker may register again.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "250");
        settings.put("controlled.shutdown.enable", "true");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("log.cleaner.threads", "1");
        settings.put("num.network.threads", threads);
        settings.put("num.io.threads", threads);
        settings.put("background.threads", "2");
        // A transaction that begins before the last one's markers are written is tried again after this; 20 ms
        // otherwise.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        settings.put("num.recovery.threads.per.data.dir", "1");
    }

    /** A replay carries the time of its events, years back or ahead: neither may cost a record. */
    private static void keepEverything(Properties settings) {
        settings.put("log.retention.ms", "-1");
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    }
}
