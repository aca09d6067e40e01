package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.schemas.avro.Label;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaStoreTest {
    private static final String TEST_HISTORY = "/schemas/test-history/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Activation",
                "Label",
                "LabelledExample",
                "Metrics",
                "ModelRoles",
                "ModelStatus",
                "ModelVersion",
                "Score",
                "TextMessage",
                "Transaction"
            })
    void knowsEachOfOurOwnSchemas(String name) throws Exception {
        Schema schema = Class.forName("io.millrace.schemas.avro." + name)
                .asSubclass(SpecificRecordBase.class)
                .getDeclaredConstructor()
                .newInstance()
                .getSchema();

        assertThat(SchemaStore.ofOwn().find(fingerprint(schema))).isEqualTo(schema);
    }

    @Test
    void knowsTheSchemasThatItsHistoryLists() {
        Schema today = RenamedLabel.SCHEMA$;

        SchemaStore store = SchemaStore.of(TEST_HISTORY, List.of(today));

        assertThat(store.find(fingerprint(TestRecords.VERDICT))).isEqualTo(TestRecords.VERDICT);
        assertThat(store.find(fingerprint(today))).isEqualTo(today);
    }

    @Test
    void keepsWhatItHasWhenASchemaIsAdded() {
        SchemaStore own = SchemaStore.ofOwn();
        Schema users = TestRecords.schema("{\"type\": \"record\", \"name\": \"Payment\", \"fields\": []}");

        SchemaStore both = own.with(users);

        assertThat(both.find(fingerprint(users))).isEqualTo(users);
        assertThat(both.find(fingerprint(Label.getClassSchema()))).isEqualTo(Label.getClassSchema());
        assertThat(own.find(fingerprint(users))).isNull();
    }

    @Test
    void namesTheHistoryFileThatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SchemaStore.of("/schemas/no-such-history/", List.of()))
                .withMessageContaining("/schemas/no-such-history/index.txt");
    }

    private static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }
}
