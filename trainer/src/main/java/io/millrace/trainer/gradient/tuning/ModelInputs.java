package io.millrace.trainer.gradient.tuning;

import io.millrace.inference.onnx.HostTensor;
import java.util.Map;

/**
 * Examples as a graph takes them.
 *
 * <p>Threading: immutable.
 */
public interface ModelInputs {

    /** How many examples there are. */
    int size();

    /** How long an example is: its tokens if it is a text; 1 if all are of one length. */
    int length(int example);

    /**
     * A batch by the names of the graph's inputs.
     *
     * @param examples which, by number
     * @param length how long they are made, by padding; at least that of the longest
     */
    Map<String, HostTensor> batch(int[] examples, int length);

    /** The length of the longest of these. */
    default int longest(int[] examples) {
        int longest = 1;
        for (int example : examples) {
            longest = Math.max(longest, length(example));
        }
        return longest;
    }
}
