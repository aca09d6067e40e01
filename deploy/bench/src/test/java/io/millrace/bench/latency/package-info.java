@NullMarked
package io.millrace.bench.latency;

import org.jspecify.annotations.NullMarked;
