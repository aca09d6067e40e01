@NullMarked
package io.millrace.bench.swap;

import org.jspecify.annotations.NullMarked;
