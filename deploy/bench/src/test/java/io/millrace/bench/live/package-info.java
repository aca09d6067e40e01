@NullMarked
package io.millrace.bench.live;

import org.jspecify.annotations.NullMarked;
