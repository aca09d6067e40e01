/** Tests of the commands. */
@NullMarked
package io.millrace.bench.command;

import org.jspecify.annotations.NullMarked;
