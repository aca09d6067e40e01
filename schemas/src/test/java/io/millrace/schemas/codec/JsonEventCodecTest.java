package io.millrace.schemas.codec;

import static io.millrace.schemas.codec.Codecs.CARD_SHAPE;
import static io.millrace.schemas.codec.Codecs.NESTED;
import static io.millrace.schemas.codec.Codecs.PLAIN;
import static io.millrace.schemas.codec.Codecs.assertEvent;
import static io.millrace.schemas.codec.Codecs.bytes;
import static io.millrace.schemas.codec.Codecs.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventCodecTest {
    private static final long TIME_MILLIS =
            Instant.parse("2018-08-08T00:01:14Z").toEpochMilli();
    private static final String GOOD = """
            {"transaction_id": "tx-1", "event_time": "2018-08-08T00:01:14Z", "customer_id": "c-7",
             "terminal_id": 3156, "amount": 146.0}""";

    private final EventCodec codec = new JsonEventCodec(PLAIN, CARD_SHAPE);

    @Test
    void readsAFlatRecord() throws Exception {
        assertEvent(codec.decode(bytes(GOOD)), "tx-1", TIME_MILLIS, List.of("c-7", "3156"), List.of(146.0));
    }

    @Test
    void readsNestedPathsWhateverTheOrder() throws Exception {
        byte[] value = bytes("""
                {"payload": {"sum": 1e2, "terminal": "t", "card": {"pan": [1, {"holder": "no"}], "holder": 12}},
                 "other": {"meta": {"id": "no"}}, "meta": {"time": 1533686474000, "id": 99}}""");

        Event event = new JsonEventCodec(NESTED, CARD_SHAPE).decode(value);

        assertEvent(event, "99", TIME_MILLIS, List.of("12", "t"), List.of(100.0));
    }

    @Test
    void readsOneFieldForSeveralParts() throws Exception {
        FieldMapping mapping = new FieldMapping("n", "t", null, null, Map.of("customer", "n", "amount", "n"));
        EventShape shape = new EventShape(List.of("customer"), List.of("amount"), false);

        Event event = new JsonEventCodec(mapping, shape).decode(bytes("{\"n\": 5, \"t\": 1000}"));

        assertEvent(event, "5", 1000, List.of("5"), List.of(5.0));
    }

    @Test
    void readsATextOnlyWhereTheShapeHasOne() throws Exception {
        FieldMapping mapping = new FieldMapping("id", "at", null, "body.text", Map.of());
        byte[] value = bytes("{\"id\": 1, \"at\": 0, \"body\": {\"text\": \"shares fell \\u20ac\\n\"}}");

        Event read = new JsonEventCodec(mapping, new EventShape(List.of(), List.of(), true)).decode(value);
        Event skipped = new JsonEventCodec(mapping, new EventShape(List.of(), List.of(), false)).decode(value);

        assertThat(read.text()).isEqualTo("shares fell €\n");
        assertThat(skipped.text()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'id':1,'at':0,'geo':{'land':'FR'}}|FR",
                "{'id':1,'at':0,'geo':{'land':12}}|12",
                "{'id':1,'at':0,'geo':{'land':12.5}}|12.5",
                "{'id':1,'at':0,'geo':{'land':null}}|none",
                "{'id':1,'at':0,'geo':{'land':[1,{'land':2}]}}|none",
                "{'id':1,'at':0,'geo':{'land':true}}|none",
                "{'id':1,'at':0,'geo':{'land':NaN}}|none",
                "{'id':1,'at':0,'geo':['FR']}|none",
                "{'id':1,'at':0,'geo':null}|none",
                "{'id':1,'at':0}|none"
            })
    void readsASegmentAndASubjectOfAnyShapeOrNone(String json, @Nullable String segment) throws Exception {
        FieldMapping mapping = new FieldMapping("id", "at", null, null, Map.of("country", "geo.land"));
        EventShape shape = new EventShape(List.of(), List.of(), false).withSegment("country");
        EventShape withSubject = new EventShape(List.of(), List.of(), false).withSubject("country");
        byte[] value = bytes(json.replace('\'', '"'));

        Event event = new JsonEventCodec(mapping, shape).decode(value);
        Event about = new JsonEventCodec(mapping, withSubject).decode(value);

        assertThat(event.segment()).isEqualTo(segment);
        assertThat(event.subject()).isNull();
        assertThat(about.subject()).isEqualTo(segment);
        assertThat(about.segment()).isNull();
    }

    @Test
    void readsOneFieldAsANumberAndAsTheSegment() throws Exception {
        EventShape shape = new EventShape(List.of(), List.of("amount"), false).withSegment("amount");

        Event event = new JsonEventCodec(new FieldMapping("id", "at", null, null, Map.of()), shape)
                .decode(bytes("{\"id\": 1, \"at\": 0, \"amount\": 57}"));

        assertThat(event.numbers()).containsExactly(57.0);
        assertThat(event.segment()).isEqualTo("57");
    }

    @Test
    void letsTheLastOfEqualNamesWin() throws Exception {
        assertThat(codec.decode(bytes(GOOD.replace("\"amount\": 146.0", "\"amount\": 1, \"amount\": 2")))
                        .numbers())
                .containsExactly(2.0);
        assertThat(messageOf(
                        codec,
                        bytes(GOOD.replace("\"amount\": 146.0", "\"amount\": 1, \"amount\": null")),
                        MalformedReason.MISSING_FIELD))
                .contains("'amount'");
        assertThat(messageOf(
                        new JsonEventCodec(NESTED, CARD_SHAPE),
                        bytes("{\"meta\": {\"id\": 1, \"time\": 1}, \"meta\": {\"time\": 2}}"),
                        MalformedReason.MISSING_FIELD))
                .contains("'meta.id'");
    }

    @Test
    void ignoresWhatNobodyAskedForWhateverItIs() throws Exception {
        String value = GOOD.replace(
                "{\"transaction_id\"",
                "{\"x\": NaN, \"y\": [[{}]], \"z\": {\"amount\": \"no\"}, \"big\": 1e999, \"\": null, \"transaction_id\"");

        assertEvent(codec.decode(bytes(value)), "tx-1", TIME_MILLIS, List.of("c-7", "3156"), List.of(146.0));
    }

    @Test
    void takesIntegersOfAnyLengthAsKeysAndNumbers() throws Exception {
        String huge = "123456789012345678901234567890";
        String value = GOOD.replace("\"tx-1\"", huge).replace("146.0", huge);

        Event event = codec.decode(bytes(value));

        assertThat(event.id()).isEqualTo(huge);
        assertThat(event.numbers()).containsExactly(1.2345678901234568e29);
    }

    @Test
    void namesThePathAndTheValueOfAWrongType() {
        assertThat(wrongType("146.0", "\"146.0\""))
                .contains("'amount'")
                .contains("a number")
                .contains("'146.0'");
        assertThat(wrongType("146.0", "[146.0]")).contains("'amount'").contains("an array");
        assertThat(wrongType("146.0", "true")).contains("'amount'").contains("'true'");
        assertThat(wrongType("\"tx-1\"", "1.5")).contains("'transaction_id'").contains("1.5");
        assertThat(wrongType("\"tx-1\"", "NaN")).contains("'transaction_id'").contains("NaN");
        assertThat(wrongType("\"c-7\"", "{\"id\": 1}"))
                .contains("'customer_id'")
                .contains("an object");
        assertThat(wrongType("\"2018-08-08T00:01:14Z\"", "1.5e9")).contains("'event_time'");
    }

    @Test
    void cutsLongValuesInMessages() {
        String message = wrongType("146.0", "\"" + "x".repeat(5_000) + "\"");

        assertThat(message).hasSizeLessThan(250).contains("5000 characters");
    }

    @Test
    void namesTheObjectThatIsNone() {
        assertThat(messageOf(
                        new JsonEventCodec(NESTED, CARD_SHAPE),
                        bytes("{\"meta\": {\"id\": 1, \"time\": 1}, \"payload\": {\"card\": \"4711\"}}"),
                        MalformedReason.WRONG_TYPE))
                .contains("'payload.card'")
                .contains("'4711'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction_id", "event_time", "customer_id", "terminal_id", "amount"})
    void namesTheFieldThatIsMissingOrNull(String field) {
        String absent = GOOD.replace("\"" + field + "\"", "\"other\"");
        String nullValued = GOOD.replaceAll("(\"" + field + "\": )[^,}]+", "$1null");

        assertThat(messageOf(codec, bytes(absent), MalformedReason.MISSING_FIELD))
                .contains("'" + field + "'");
        assertThat(messageOf(codec, bytes(nullValued), MalformedReason.MISSING_FIELD))
                .contains("'" + field + "'");
    }

    @Test
    void takesBlankForMissingAndRefusesEndlessKeys() {
        assertThat(messageOf(codec, bytes(GOOD.replace("tx-1", " \\t")), MalformedReason.MISSING_FIELD))
                .contains("'transaction_id'");
        assertThat(messageOf(codec, bytes(GOOD.replace("c-7", "")), MalformedReason.MISSING_FIELD))
                .contains("'customer_id'");
        assertThat(messageOf(codec, bytes(GOOD.replace("tx-1", "x".repeat(1_025))), MalformedReason.ID_TOO_LONG))
                .contains("'transaction_id'")
                .contains("1025 characters")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-1e999"})
    void refusesNumbersThatAreNotFinite(String number) {
        assertThat(messageOf(codec, bytes(GOOD.replace("146.0", number)), MalformedReason.NOT_FINITE))
                .contains("'amount'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "'   '|empty",
                "'{'|",
                "'{\"a\": }'|",
                "'{\"a\": 01}'|",
                "'{a: 1}'|",
                "'{\"a\": 1,}'|",
                "'transaction 1'|",
                "'<xml/>'|",
            })
    void refusesWhatIsNoJson(String value, String hint) {
        String message = messageOf(codec, bytes(value), MalformedReason.NOT_JSON);

        assertThat(message).contains(hint == null ? "byte" : hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "true"})
    void refusesJsonThatIsNoObject(String value) {
        assertThat(messageOf(codec, bytes(value), MalformedReason.WRONG_TYPE)).contains("object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "]", ",", "1"})
    void refusesMoreAfterTheObject(String rest) {
        messageOf(codec, bytes(GOOD + " " + rest), MalformedReason.NOT_JSON);
    }

    @Test
    void refusesARecordCutOffAnywhere() {
        byte[] good = bytes(GOOD);

        for (int length = 0; length < good.length; length++) {
            messageOf(codec, Arrays.copyOf(good, length), MalformedReason.NOT_JSON);
        }
    }

    @Test
    void readsARecordOfTwoMegabytes() throws Exception {
        String value = GOOD.replace("{\"tran", "{\"note\": \"" + "é".repeat(1_000_000) + "\", \"tran");

        assertThat(codec.decode(bytes(value)).id()).isEqualTo("tx-1");
    }

    @Test
    void refusesEndlessNesting() {
        String deep = "[".repeat(1_000_000);

        assertThat(messageOf(codec, bytes("{\"x\": " + deep), MalformedReason.NOT_JSON))
                .containsIgnoringCase("depth");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void answersDamagedBytesWithAnEventOrARefusalAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = bytes(GOOD.replace("tx-1", "tx-é€😀"));

        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(codec.decode(damaged).numbers()[0]).isFinite();
            } catch (MalformedEventException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void refusesUtf8ThatIsNone() {
        byte[] value = bytes(GOOD);
        value[GOOD.indexOf("tx-1")] = (byte) 0xFF;

        messageOf(codec, value, MalformedReason.NOT_JSON);
    }

    @Test
    void readsUtf16AsJacksonTellsIt() throws Exception {
        assertThat(codec.decode(GOOD.getBytes(StandardCharsets.UTF_16BE)).id()).isEqualTo("tx-1");
    }

    @Test
    void readsTimesByTheMappingsPatternAndIntegersAsMillis() throws Exception {
        FieldMapping mapping = new FieldMapping("transaction_id", "event_time", "dd/MM/yyyy HH:mm", null, Map.of());
        EventCodec patterned = new JsonEventCodec(mapping, CARD_SHAPE);

        assertThat(patterned
                        .decode(bytes(GOOD.replace("2018-08-08T00:01:14Z", "08/08/2018 00:01")))
                        .timeMillis())
                .isEqualTo(TIME_MILLIS - 14_000);
        assertThat(patterned
                        .decode(bytes(GOOD.replace("\"2018-08-08T00:01:14Z\"", "-1")))
                        .timeMillis())
                .isEqualTo(-1);
        assertThat(messageOf(patterned, bytes(GOOD), MalformedReason.BAD_TIME))
                .contains("'event_time'")
                .contains("'2018-08-08T00:01:14Z'")
                .contains("'dd/MM/yyyy HH:mm'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1533686474000000", "-9223372036854775808", "99999999999999999999999"})
    void refusesTimesOutsideTheYearsThatWeCountIn(String time) {
        assertThat(messageOf(codec, bytes(GOOD.replace("\"2018-08-08T00:01:14Z\"", time)), MalformedReason.BAD_TIME))
                .contains("'event_time'")
                .contains("milliseconds");
    }

    private String wrongType(String good, String bad) {
        return messageOf(codec, bytes(GOOD.replace(good, bad)), MalformedReason.WRONG_TYPE);
    }
}
