/**
 * Scores a file through the real topology on a real broker. Input: rows of a file. Output: a JSON object per event on
 * standard output.
 */
@NullMarked
package io.millrace.cli.score;

import org.jspecify.annotations.NullMarked;
