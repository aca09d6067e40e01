/** Tests of the configuration file. */
@NullMarked
package io.millrace.cli.config;

import org.jspecify.annotations.NullMarked;
