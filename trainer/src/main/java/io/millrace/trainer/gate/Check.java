package io.millrace.trainer.gate;

import org.jspecify.annotations.Nullable;

/**
 * One question that the gate asked, with the numbers it compared.
 *
 * <p>Threading: immutable.
 *
 * @param name kebab-case, such as {@code average-precision-gain}; names of a report differ
 * @param passed whether the candidate may go on
 * @param champion the champion's number; null where there is none
 * @param candidate the candidate's number; null where there is none
 * @param bound what the comparison was held against; null where there is none
 * @param sentence the same for people
 */
public record Check(
        String name,
        boolean passed,
        @Nullable Double champion,
        @Nullable Double candidate,
        @Nullable Double bound,
        String sentence) {

    static Check withoutNumbers(String name, boolean passed, String sentence) {
        return new Check(name, passed, null, null, null, sentence);
    }
}
