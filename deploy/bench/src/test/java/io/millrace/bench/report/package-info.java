@NullMarked
package io.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
