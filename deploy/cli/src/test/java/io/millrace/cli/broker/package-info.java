/** Tests of the embedded broker. */
@NullMarked
package io.millrace.cli.broker;

import org.jspecify.annotations.NullMarked;
