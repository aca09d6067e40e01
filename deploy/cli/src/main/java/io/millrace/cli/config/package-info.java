/** The configuration file of a whole process, and the options that say which file and which broker. */
@NullMarked
package io.millrace.cli.config;

import org.jspecify.annotations.NullMarked;
