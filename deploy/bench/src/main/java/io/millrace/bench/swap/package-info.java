/** What a new version of a model does to the records that flow, and what thousands of versions do to memory. */
@NullMarked
package io.millrace.bench.swap;

import org.jspecify.annotations.NullMarked;
