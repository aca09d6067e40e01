/** Tests of what is counted; never of how long anything takes. */
@NullMarked
package io.millrace.bench.training;

import org.jspecify.annotations.NullMarked;
