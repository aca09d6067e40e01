/** Tests of the throughput benchmark. */
@NullMarked
package io.millrace.bench.throughput;

import org.jspecify.annotations.NullMarked;
