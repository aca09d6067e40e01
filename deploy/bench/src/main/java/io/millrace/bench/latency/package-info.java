/** How long an event is under way, from the moment at which it was due to the arrival of its committed score. */
@NullMarked
package io.millrace.bench.latency;

import org.jspecify.annotations.NullMarked;
