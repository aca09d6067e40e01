/** Tests of the arena. */
@NullMarked
package io.millrace.bench.arena;

import org.jspecify.annotations.NullMarked;
