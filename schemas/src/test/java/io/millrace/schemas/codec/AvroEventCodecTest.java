package io.millrace.schemas.codec;

import static io.millrace.schemas.codec.Codecs.CARD_SHAPE;
import static io.millrace.schemas.codec.Codecs.NESTED;
import static io.millrace.schemas.codec.Codecs.PLAIN;
import static io.millrace.schemas.codec.Codecs.assertEvent;
import static io.millrace.schemas.codec.Codecs.bytes;
import static io.millrace.schemas.codec.Codecs.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.SingleObjectHeader;
import io.millrace.schemas.TestRecords;
import io.millrace.schemas.avro.TextMessage;
import io.millrace.schemas.avro.Transaction;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroEventCodecTest {
    private static final SchemaStore OWN = SchemaStore.ofOwn();
    private static final long TIME_MILLIS = TestRecords.TIME.toEpochMilli();

    private final EventCodec own = new AvroEventCodec(PLAIN, CARD_SHAPE, OWN);

    @Test
    void readsOurOwnTransaction() throws Exception {
        assertEvent(own.decode(transaction()), "tx-1", TIME_MILLIS, List.of("c-7", "t-9"), List.of(146.5));
    }

    @Test
    void readsOurOwnTextMessage() throws Exception {
        FieldMapping mapping = new FieldMapping("message_id", "event_time", null, "text", Map.of());
        EventShape shape = new EventShape(List.of("subject"), List.of(), true);
        TextMessage message = TextMessage.newBuilder()
                .setMessageId("m")
                .setEventTime(TestRecords.TIME)
                .setText("shares fell €")
                .setSubject("ACME")
                .build();

        Event event = new AvroEventCodec(mapping, shape, OWN)
                .decode(SingleObject.of(TextMessage.class, OWN).encode(message));

        assertThat(event.text()).isEqualTo("shares fell €");
        assertThat(event.keys()).containsExactly("ACME");
    }

    @Test
    void readsPathsThroughRecordsAndUnionsPastFieldsOfEveryType() throws Exception {
        Schema schema = TestRecords.schema("""
                {"type": "record", "name": "Payment", "fields": [
                  {"name": "tags", "type": {"type": "map", "values": {"type": "array", "items": "string"}}},
                  {"name": "meta", "type": ["null", {"type": "record", "name": "Meta", "fields": [
                    {"name": "ok", "type": "boolean"},
                    {"name": "id", "type": ["null", "int", "string"]},
                    {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 3}},
                    {"name": "time", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]}]}]},
                  {"name": "blob", "type": "bytes"},
                  {"name": "payload", "type": {"type": "record", "name": "Payload", "fields": [
                    {"name": "terminal", "type": {"type": "enum", "name": "T", "symbols": ["SHOP", "WEB"]}},
                    {"name": "card", "type": {"type": "record", "name": "Card", "fields": [
                      {"name": "holder", "type": "long"}, {"name": "previous", "type": ["null", "Card"]}]}},
                    {"name": "sum", "type": ["null", "float"]}]}}]}
                """);
        Schema meta = schema.getField("meta").schema().getTypes().get(1);
        Schema payload = schema.getField("payload").schema();
        Schema card = payload.getField("card").schema();
        byte[] value = TestRecords.foreign(
                schema,
                Map.of("a", List.of("x", "y"), "b", List.of()),
                TestRecords.record(
                        meta,
                        true,
                        "id-1",
                        new GenericData.Fixed(meta.getField("hash").schema(), new byte[3]),
                        TIME_MILLIS * 1_000 + 999),
                ByteBuffer.wrap(new byte[100]),
                TestRecords.record(
                        payload,
                        new GenericData.EnumSymbol(payload.getField("terminal").schema(), "WEB"),
                        TestRecords.record(card, 12L, TestRecords.record(card, 13L, null)),
                        2.5f));

        Event event = new AvroEventCodec(NESTED, CARD_SHAPE, OWN.with(schema)).decode(value);

        assertEvent(event, "id-1", TIME_MILLIS, List.of("12", "WEB"), List.of(2.5));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, 1533686474123, 2018-08-08T00:01:14.123Z",
        "timestamp-micros, 1533686474123999, 2018-08-08T00:01:14.123Z",
        "timestamp-micros, -1, 1969-12-31T23:59:59.999Z",
        "timestamp-nanos, 1533686474123999999, 2018-08-08T00:01:14.123Z",
        "local-timestamp-millis, 1533686474123, 2018-08-08T00:01:14.123Z",
        "local-timestamp-micros, 1533686474123999, 2018-08-08T00:01:14.123Z",
        "none, 1533686474123, 2018-08-08T00:01:14.123Z",
    })
    void readsTimesInTheUnitOfTheirType(String logicalType, long value, Instant expected) throws Exception {
        Schema schema = timed("{\"type\": \"long\", \"logicalType\": \"" + logicalType + "\"}");

        Event event = timedCodec(schema).decode(TestRecords.foreign(schema, "id", value));

        assertThat(event.timeMillis()).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void readsDatesAndTimesInText() throws Exception {
        Schema dated = timed("{\"type\": \"int\", \"logicalType\": \"date\"}");
        Schema written = timed("\"string\"");

        assertThat(timedCodec(dated).decode(TestRecords.foreign(dated, "id", 1)).timeMillis())
                .isEqualTo(86_400_000L);
        assertThat(timedCodec(written)
                        .decode(TestRecords.foreign(written, "id", "1970-01-01 00:00:01"))
                        .timeMillis())
                .isEqualTo(1_000L);
        messageOf(timedCodec(written), TestRecords.foreign(written, "id", "yesterday"), MalformedReason.BAD_TIME);
    }

    @Test
    void refusesATimeOfDayAsATime() {
        Schema schema = timed("{\"type\": \"int\", \"logicalType\": \"time-millis\"}");

        assertThat(messageOf(timedCodec(schema), TestRecords.foreign(schema, "id", 5), MalformedReason.WRONG_TYPE))
                .contains("'at'")
                .contains("time-millis");
    }

    @Test
    void readsDecimalsAsNumbers() throws Exception {
        Schema schema = TestRecords.schema("""
                {"type": "record", "name": "Money", "fields": [
                  {"name": "id", "type": "string"}, {"name": "at", "type": "long"},
                  {"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                  {"name": "b", "type": {"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal",
                                         "precision": 9, "scale": 3}}]}
                """);
        byte[] value = TestRecords.foreign(
                schema,
                "id",
                0L,
                ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()),
                new GenericData.Fixed(schema.getField("b").schema(), new byte[] {0, 0, 0x04, (byte) 0xD2}));
        EventShape shape = new EventShape(List.of(), List.of("a", "b"), false);

        Event event = new AvroEventCodec(new FieldMapping("id", "at", null, null, Map.of()), shape, OWN.with(schema))
                .decode(value);

        assertThat(event.numbers()).containsExactly(-12.34, 1.234);
    }

    @Test
    void readsASegmentOrNoneWhateverItsType() throws Exception {
        Schema schema = TestRecords.schema("""
                {"type": "record", "name": "Grouped", "fields": [
                  {"name": "id", "type": "string"}, {"name": "at", "type": "long"},
                  {"name": "group", "type": ["null", "string", "int", "boolean"]}]}
                """);
        AvroEventCodec codec = new AvroEventCodec(
                new FieldMapping("id", "at", null, null, Map.of()),
                new EventShape(List.of(), List.of(), false).withSegment("group"),
                OWN.with(schema));

        assertThat(codec.decode(TestRecords.foreign(schema, "a", 0L, "FR")).segment())
                .isEqualTo("FR");
        assertThat(codec.decode(TestRecords.foreign(schema, "a", 0L, 7)).segment())
                .isEqualTo("7");
        assertThat(codec.decode(TestRecords.foreign(schema, "a", 0L, true)).segment())
                .isNull();
        assertThat(codec.decode(TestRecords.foreign(schema, "a", 0L, null)).segment())
                .isNull();
    }

    @Test
    void namesTheSchemaThatItDoesNotKnow() {
        Schema schema = timed("\"string\"");
        String fingerprint = SingleObjectHeader.text(SchemaNormalization.parsingFingerprint64(schema));

        assertThat(messageOf(own, TestRecords.foreign(schema, "id", "t"), MalformedReason.UNKNOWN_SCHEMA))
                .contains(fingerprint);
    }

    @Test
    void namesTheFieldThatTheWriterDoesNotHave() {
        FieldMapping mapping =
                new FieldMapping("transaction_id", "event_time", null, null, Map.of("customer_id", "card.holder"));

        assertThat(messageOf(
                        new AvroEventCodec(mapping, CARD_SHAPE, OWN), transaction(), MalformedReason.MISSING_FIELD))
                .contains("'card.holder'");
    }

    @Test
    void takesNullForMissingAtAnyDepth() {
        Schema schema = TestRecords.schema("""
                {"type": "record", "name": "Sparse", "fields": [
                  {"name": "meta", "type": ["null", {"type": "record", "name": "Meta", "fields": [
                    {"name": "id", "type": ["string", "null"]}, {"name": "at", "type": "long"}]}]}]}
                """);
        Schema meta = schema.getField("meta").schema().getTypes().get(1);
        EventCodec codec = new AvroEventCodec(
                new FieldMapping("meta.id", "meta.at", null, null, Map.of()),
                new EventShape(List.of(), List.of(), false),
                OWN.with(schema));

        assertThat(messageOf(codec, TestRecords.foreign(schema, new Object[] {null}), MalformedReason.MISSING_FIELD))
                .contains("'meta.id'");
        assertThat(messageOf(
                        codec,
                        TestRecords.foreign(schema, TestRecords.record(meta, null, 5L)),
                        MalformedReason.MISSING_FIELD))
                .contains("'meta.id'");
    }

    @Test
    void namesThePathWhoseTypeIsWrong() {
        assertThat(refusal("transaction_id", "event_time", Map.of("amount", "customer_id"), MalformedReason.WRONG_TYPE))
                .contains("'customer_id'")
                .contains("a number")
                .contains("'c-7'");
        assertThat(refusal("amount", "event_time", Map.of(), MalformedReason.WRONG_TYPE))
                .contains("'amount'")
                .contains("146.5");
        assertThat(refusal("transaction_id", "customer_id", Map.of(), MalformedReason.BAD_TIME))
                .contains("'customer_id'");
        Map<String, String> tooDeep = Map.of("customer_id", "terminal_id.code", "terminal_id", "customer_id");
        assertThat(refusal("transaction_id", "event_time", tooDeep, MalformedReason.WRONG_TYPE))
                .contains("'terminal_id'")
                .contains("record");
    }

    @Test
    void refusesNumbersThatAreNotFiniteAndKeysThatAreNoKeys() {
        assertThat(messageOf(own, transaction("tx", "c", Double.NaN), MalformedReason.NOT_FINITE))
                .contains("'amount'");
        assertThat(messageOf(own, transaction("tx", "c", Double.NEGATIVE_INFINITY), MalformedReason.NOT_FINITE))
                .contains("'amount'");
        messageOf(own, transaction(" ", "c", 1), MalformedReason.MISSING_FIELD);
        messageOf(own, transaction("x".repeat(1_025), "c", 1), MalformedReason.ID_TOO_LONG);
        messageOf(own, transaction("tx", "x".repeat(1_025), 1), MalformedReason.ID_TOO_LONG);
    }

    @Test
    void refusesBytesThatAreNoSingleObject() {
        assertThat(messageOf(own, bytes("{\"transaction_id\": 1}"), MalformedReason.NOT_AVRO))
                .contains("C3 01");
        assertThat(messageOf(own, new byte[30], MalformedReason.NOT_AVRO)).contains("registry");
        messageOf(own, new byte[0], MalformedReason.NOT_AVRO);
    }

    @Test
    void refusesARecordCutOffAnywhereOrWithMoreAfterIt() {
        byte[] good = transaction();

        for (int length = 0; length < good.length; length++) {
            messageOf(own, Arrays.copyOf(good, length), MalformedReason.NOT_AVRO);
        }
        assertThat(messageOf(own, Arrays.copyOf(good, good.length + 1), MalformedReason.NOT_AVRO))
                .contains("left over");
    }

    @Test
    void refusesALengthThatTheRecordCannotHold() {
        byte[] value = Arrays.copyOf(transaction(), 40);
        // The id's length as a variable-length integer: 1 GiB.
        byte[] length = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
        System.arraycopy(length, 0, value, SingleObjectHeader.LENGTH, length.length);

        messageOf(own, value, MalformedReason.NOT_AVRO);
    }

    @Test
    void refusesEndlessNesting() {
        Schema schema = TestRecords.schema("""
                {"type": "record", "name": "Chain", "fields": [
                  {"name": "id", "type": "string"}, {"name": "at", "type": "long"},
                  {"name": "link", "type": {"type": "record", "name": "Link", "fields": [
                    {"name": "next", "type": ["null", "Link"]}]}}]}
                """);
        byte[] head = Arrays.copyOf(
                TestRecords.foreign(
                        schema,
                        "x",
                        5L,
                        TestRecords.record(schema.getField("link").schema(), new Object[] {null})),
                SingleObjectHeader.LENGTH + 3);
        byte[] value = Arrays.copyOf(head, 2_000_000);
        Arrays.fill(value, head.length, value.length, (byte) 2);

        messageOf(timedCodec(schema), value, MalformedReason.NOT_AVRO);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void answersDamagedBytesWithAnEventOrARefusalAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = transaction();

        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
                damaged[SingleObjectHeader.LENGTH + random.nextInt(good.length - SingleObjectHeader.LENGTH)] =
                        (byte) random.nextInt();
            }
            try {
                assertThat(own.decode(damaged).numbers()[0]).isFinite();
            } catch (MalformedEventException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static String refusal(String id, String time, Map<String, String> fields, MalformedReason reason) {
        EventCodec codec = new AvroEventCodec(new FieldMapping(id, time, null, null, fields), CARD_SHAPE, OWN);
        return messageOf(codec, transaction(), reason);
    }

    private static Schema timed(String type) {
        return TestRecords.schema("{\"type\": \"record\", \"name\": \"Timed\", \"fields\": ["
                + "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"at\", \"type\": " + type + "}]}");
    }

    private static EventCodec timedCodec(Schema schema) {
        return new AvroEventCodec(
                new FieldMapping("id", "at", null, null, Map.of()),
                new EventShape(List.of(), List.of(), false),
                OWN.with(schema));
    }

    private static byte[] transaction() {
        return transaction("tx-1", "c-7", 146.5);
    }

    private static byte[] transaction(String id, String customer, double amount) {
        return SingleObject.of(Transaction.class, OWN)
                .encode(new Transaction(id, TestRecords.TIME, customer, "t-9", amount));
    }
}
