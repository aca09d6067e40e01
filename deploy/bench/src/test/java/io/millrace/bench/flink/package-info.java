/** Tests of the peer. */
@NullMarked
package io.millrace.bench.flink;

import org.jspecify.annotations.NullMarked;
