/** Tests of what is played and counted; never of how long anything takes. */
@NullMarked
package io.millrace.bench.scale;

import org.jspecify.annotations.NullMarked;
