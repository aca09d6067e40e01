package io.millrace.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path folder;

    @Test
    void keepsRecordsOverARestartOnAnotherPort() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            TestTopics topics = new TestTopics(broker.bootstrapServers());
            topics.create("letters", 2);
            topics.sendTexts("letters", List.of("a", "b", "c"));
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            TestTopics topics = new TestTopics(broker.bootstrapServers());

            assertThat(topics.readTexts("letters")).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(broker.fault()).isEmpty();
        }
    }

    @Test
    void carriesTransactionsAndRecordsOfSeveralMegabytes() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            TestTopics topics = new TestTopics(broker.bootstrapServers());
            topics.create("letters", 1, Map.of());
            topics.send("letters", "large", new byte[5 * 1024 * 1024]);
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer"),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                var aborted = producer.send(new ProducerRecord<>("letters", "aborted"));
                producer.flush();
                producer.abortTransaction();
                producer.beginTransaction();
                var committed = producer.send(new ProducerRecord<>("letters", "committed"));
                producer.commitTransaction();
                assertThat(aborted).isDone();
                assertThat(committed).isDone();
            }

            assertThat(topics.readAll("letters"))
                    .extracting(record -> record.value().length)
                    .containsExactly(5 * 1024 * 1024, "committed".length());
        }
    }

    @Test
    void refusesAFolderThatAnotherBrokerUses() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(EmbeddedBroker.runningOn(folder)).contains(broker.bootstrapServers());
        }

        assertThat(EmbeddedBroker.runningOn(folder)).isEmpty();
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, other.getLocalPort()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("port " + other.getLocalPort());
        }

        assertThat(FolderLock.isTaken(folder)).isFalse();
    }

    @Test
    void servesItsRecordsAgainSoonAfterAKill() throws Exception {
        Path log = folder.resolve("child.log");
        try (ChildJvm first = ChildJvm.start(BrokerMain.class, log, folder.toString(), "0")) {
            TestTopics topics = new TestTopics(awaitEndpoint(first, log));
            topics.create("letters", 1);
            topics.sendTexts("letters", List.of("a", "b"));
            first.kill();
        }
        assertThat(EmbeddedBroker.runningOn(folder)).isEmpty();

        long startedNanos = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThat(new TestTopics(broker.bootstrapServers()).readTexts("letters"))
                    .containsExactly("a", "b");
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(20));
        }
    }

    private String awaitEndpoint(ChildJvm child, Path log) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!child.isAlive()) {
                throw new IllegalStateException(Files.readString(log, StandardCharsets.UTF_8));
            }
            return EmbeddedBroker.runningOn(folder).isPresent();
        });
        return EmbeddedBroker.runningOn(folder).orElseThrow();
    }
}
