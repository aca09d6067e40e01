package io.millrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void alignsTextToTheLeftAndNumbersToTheRight() {
        Listing listing = Listing.of("model", "version", "published_by")
                .add("fraud", 9, "ann")
                .add("sentiment", 10, null);

        listing.print(out, false, "none");

        assertThat(text.toString().lines())
                .containsExactly(
                        "MODEL      VERSION  PUBLISHED BY", //
                        "fraud            9  ann",
                        "sentiment       10  -");
    }

    @Test
    void keepsTypesInJson() {
        Listing.of("name", "count", "pinned", "previous", "note")
                .add("fraud", 2, true, List.of(1, 2), null)
                .print(out, true, "none");

        assertThat(text.toString().replaceAll("\\s", ""))
                .isEqualTo("[{\"name\":\"fraud\",\"count\":2,\"pinned\":true,\"previous\":[1,2],\"note\":null}]");
    }

    @Test
    void saysWhatAnEmptyTableMeansButPrintsAnEmptyArrayForPrograms() {
        Listing.of("name").print(out, false, "no models yet");
        Listing.of("name").print(out, true, "no models yet");

        assertThat(text.toString().replaceAll("\\s+", " ")).isEqualTo("no models yet [ ] ");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> Listing.of("a", "b").add("only one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
