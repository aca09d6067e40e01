package io.millrace.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerConnectionTest {

    @TempDir
    Path folder;

    @Test
    void startsABrokerOnlyWhereNoneRunsOnTheFolder() {
        try (BrokerConnection first = BrokerConnection.open(Map.of(), folder, 0);
                BrokerConnection second = BrokerConnection.open(Map.of(), folder, 0)) {
            assertThat(first.embedded()).isPresent();
            assertThat(second.embedded()).isEmpty();
            assertThat(second.client()).isEqualTo(first.client());
            assertThat(second.description()).contains("run by another process");
        }

        assertThat(EmbeddedBroker.runningOn(folder)).isEmpty();
    }

    @Test
    void leavesAConfiguredBrokerRunningAndPassesItsProperties() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers(), "client.id", "mine");
            try (BrokerConnection connection = BrokerConnection.open(kafka, folder.resolve("unused"), 0)) {
                assertThat(connection.client()).isEqualTo(kafka);
            }

            assertThat(EmbeddedBroker.runningOn(folder)).isPresent();
            assertThat(folder.resolve("unused")).doesNotExist();
        }
    }

    @Test
    void namesWhatDoesNotAnswer() {
        assertUnreachable("127.0.0.1:1", "127.0.0.1:1: Connection refused");
        assertUnreachable("127.0.0.1", "'127.0.0.1' is not host:port");
        assertUnreachable("no-such-host.invalid:9092", "there is no host 'no-such-host.invalid'");
    }

    private void assertUnreachable(String servers, String why) {
        assertThatThrownBy(() -> BrokerConnection.open(Map.of("bootstrap.servers", servers), folder, 0))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContainingAll("no Kafka broker answers at " + servers, why, "bootstrap.servers");
    }
}
