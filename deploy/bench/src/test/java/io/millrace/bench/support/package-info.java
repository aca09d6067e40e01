/** What tests of this module share: a broker to talk to, and short ways to write and read its topics. */
@NullMarked
package io.millrace.bench.support;

import org.jspecify.annotations.NullMarked;
