package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a publisher is told when its commit fails. */
class RegistryTransactionTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @BeforeEach
    void begin() {
        producer.initTransactions();
    }

    @Test
    void anUnspecificErrorIsToldAsAFenceSinceOnlyTheLogKnowsWhatWasDone() {
        producer.commitTransactionException = new KafkaException("Unhandled error in EndTxnResponse: unexpected");

        assertThatThrownBy(this::commit).isInstanceOf(PublisherFencedException.class);
    }

    @Test
    void aFenceIsToldAsOne() {
        producer.commitTransactionException = new ProducerFencedException("another one");

        assertThatThrownBy(this::commit).isInstanceOf(PublisherFencedException.class);
    }

    @Test
    void anErrorThatSaysWhatItIsStaysWhatItIs() {
        producer.commitTransactionException = new TopicAuthorizationException("model-versions");

        assertThatThrownBy(this::commit).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void whatWasSentIsThereAfterTheCommit() {
        producer.commitTransactionException = null;
        commit();

        assertThat(producer.history()).hasSize(1);
        assertThat(producer.transactionCommitted()).isTrue();
    }

    private void commit() {
        try (RegistryTransaction transaction = new RegistryTransaction("m", producer)) {
            transaction.begin();
            transaction.send("model-roles", "m", new byte[] {1});
            transaction.commit();
        }
    }
}
