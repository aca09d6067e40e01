@NullMarked
package io.millrace.bench.gpu;

import org.jspecify.annotations.NullMarked;
