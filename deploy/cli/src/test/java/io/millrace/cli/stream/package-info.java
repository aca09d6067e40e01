/** The whole stream on a real broker: kills, swaps, bad models. */
@NullMarked
package io.millrace.cli.stream;

import org.jspecify.annotations.NullMarked;
