/** Tests of what the small measurements count; never of how long anything takes. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
