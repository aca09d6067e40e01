/** Tests of the JMH benchmarks. */
@NullMarked
package io.millrace.bench.micro;

import org.jspecify.annotations.NullMarked;
