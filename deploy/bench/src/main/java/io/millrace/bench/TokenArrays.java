package io.millrace.bench;

import io.millrace.inference.text.Tokens;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of texts in the numbers that an encoder's graph takes, each row padded to the longest.
 *
 * <p>Threading: not changed after it was made.
 *
 * @param length tokens of a row, padding included
 * @param inputs values by the input's name, row by row
 */
public record TokenArrays(int rows, int length, Map<String, long[]> inputs) {

    /**
     * Makes them.
     *
     * @param names of the inputs that the graph has; no others are in the result
     */
    public static TokenArrays of(List<Tokens> batch, Collection<String> names) {
        int length = SortedBatches.longest(batch);
        long[] ids = new long[batch.size() * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        for (int row = 0; row < batch.size(); row++) {
            Tokens text = batch.get(row);
            for (int i = 0; i < text.length(); i++) {
                ids[row * length + i] = text.ids()[i];
                mask[row * length + i] = 1;
                types[row * length + i] = text.types()[i];
            }
        }
        Map<String, long[]> inputs =
                new HashMap<>(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
        inputs.keySet().retainAll(names);
        return new TokenArrays(batch.size(), length, inputs);
    }
}
