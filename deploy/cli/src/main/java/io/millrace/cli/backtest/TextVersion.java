package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version that was published while texts flowed, or a round that did not lead to one.
 *
 * <p>Threading: immutable.
 *
 * @param afterEvent how many texts had been scored by then
 * @param verdict accepted, refused or postponed
 * @param version number in the registry; null if none was published
 * @param champion the version that the round went on from
 * @param trigger why the round began
 * @param modelHash of the candidate's weights; null if there was none
 * @param examples how many were used for what
 * @param compared the numbers that the gate compared
 * @param reasons why it was not accepted, in sentences
 * @param notes what the learner did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextVersion(
        long afterEvent,
        String verdict,
        @Nullable Integer version,
        @Nullable Integer champion,
        String trigger,
        @Nullable String modelHash,
        Map<String, Long> examples,
        Map<String, Double> compared,
        List<String> reasons,
        Map<String, String> notes) {

    static TextVersion of(VersionEntry entry, long afterEvent) {
        return new TextVersion(
                afterEvent,
                entry.verdict(),
                entry.version(),
                entry.champion(),
                entry.trigger(),
                entry.modelHash(),
                entry.examples(),
                entry.compared(),
                entry.reasons(),
                entry.notes());
    }
}
