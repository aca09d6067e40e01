package io.millrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private final EventTime iso = new EventTime(null);

    @ParameterizedTest
    @CsvSource({
        "2018-04-01T00:00:31Z,           2018-04-01T00:00:31Z",
        "2018-04-01T00:00:31,            2018-04-01T00:00:31Z",
        "2018-04-01 00:00:31,            2018-04-01T00:00:31Z",
        "2018-04-01T00:00:31.5Z,         2018-04-01T00:00:31.500Z",
        "2018-04-01T00:00:31.123456789,  2018-04-01T00:00:31.123Z",
        "1969-12-31T23:59:59.9999Z,      1969-12-31T23:59:59.999Z",
        "2018-04-01T02:00:31+02:00,      2018-04-01T00:00:31Z",
        "2018-03-31T18:30:31-0530,       2018-04-01T00:00:31Z",
        "2018-04-01T02:00:31+02,         2018-04-01T00:00:31Z",
        "2018-04-01T10:15,               2018-04-01T10:15:00Z",
        "2018-04-01T10:15Z,              2018-04-01T10:15:00Z",
        "2018-04-01,                     2018-04-01T00:00:00Z",
        "2020-02-29T00:00:00Z,           2020-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z,           0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z,       9999-12-31T23:59:59.999Z",
    })
    void readsIsoTimes(String text, Instant expected) {
        assertThat(iso.parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "2018",
                "2018-4-1",
                "2018-02-29",
                "2018-13-01",
                "2018-00-01",
                "2018-04-31T00:00:00Z",
                "2018-04-01T24:00:00Z",
                "2018-04-01T00:60:00Z",
                "2018-04-01T00:00:60Z",
                "2018-04-01T00:00:31.Z",
                "2018-04-01T00:00:31.1234567890Z",
                "2018-04-01T00:00:31ZZ",
                "2018-04-01T00:00:31+",
                "2018-04-01T00:00:31+1",
                "2018-04-01T00:00:31+19:00",
                "2018-04-01T00:00:31+18:01",
                "2018-04-01T00:00:31+02:60",
                "2018-04-01T00:00:31 Z",
                "2018-04-01X00:00:31",
                "2018-04-01T",
                "2018-04-01T00",
                "2018/04/01",
                "+2018-04-01",
                "12018-04-01",
                " 2018-04-01",
                "２０１８-04-01",
                "1533686474000",
                "0000-01-01T00:00:00+01:00",
            })
    void refusesWhatIsNoIsoTime(String text) {
        assertThat(iso.parse(text)).isEqualTo(EventTime.NOT_A_TIME);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void readsEachTimeAsJavaDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EventTime plain = new EventTime("yyyy-MM-dd HH:mm:ss");
        DateTimeFormatter plainFormat = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

        for (int i = 0; i < 5_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(-1_080, 1_081) * 60);
            OffsetDateTime zoned = instant.atOffset(zone);
            LocalDateTime seconds =
                    instant.atOffset(ZoneOffset.UTC).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);

            assertThat(iso.parse(instant.toString())).isEqualTo(instant.toEpochMilli());
            assertThat(iso.parse(zoned.toString())).isEqualTo(instant.toEpochMilli());
            assertThat(plain.parse(plainFormat.format(seconds)))
                    .isEqualTo(seconds.toInstant(ZoneOffset.UTC).toEpochMilli());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss,   2018-04-01 00:00:31,        2018-04-01T00:00:31Z",
        "uuuu-MM-dd HH:mm:ss,   2018-04-01 00:00:31,        2018-04-01T00:00:31Z",
        "dd.MM.yyyy,            01.04.2018,                 2018-04-01T00:00:00Z",
        "dd MMM yyyy h:mm a,    01 Apr 2018 1:30 PM,        2018-04-01T13:30:00Z",
        "yyyyMMddHHmmss.SSS,    20180401000031.250,         2018-04-01T00:00:31.250Z",
        "yyyy-MM-dd HH:mm XXX,  2018-04-01 02:00 +02:00,    2018-04-01T00:00:00Z",
    })
    void readsTimesByAPattern(String pattern, String text, Instant expected) {
        assertThat(new EventTime(pattern).parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss,   2018-04-01T00:00:31",
        "yyyy-MM-dd HH:mm:ss,   2018-02-31 00:00:31",
        "yyyy-MM-dd HH:mm:ss,   2018-04-01 00:00:31Z",
        "dd.MM.yyyy,            31.02.2018",
        "dd.MM.yyyy,            2018-04-01",
        "HH:mm,                 10:15",
    })
    void refusesTimesThatAreNotByThePattern(String pattern, String text) {
        assertThat(new EventTime(pattern).parse(text)).isEqualTo(EventTime.NOT_A_TIME);
    }

    @Test
    void namesAPatternThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventTime("yyyy-MM-dd bogus"))
                .withMessageContaining("yyyy-MM-dd bogus");
    }
}
