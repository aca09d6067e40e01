@NullMarked
package io.millrace.bench.result;

import org.jspecify.annotations.NullMarked;
