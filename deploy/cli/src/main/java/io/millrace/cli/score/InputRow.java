package io.millrace.cli.score;

import org.jspecify.annotations.Nullable;

/**
 * One row of an input file.
 *
 * @param json the event as the JSON object that goes to the input topic
 * @param label what its label column says, null without one
 */
@SuppressWarnings("ArrayRecordComponent") // one per row: not copied, never compared
record InputRow(byte[] json, @Nullable String label) {}
