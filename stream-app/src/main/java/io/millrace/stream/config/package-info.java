/** What a user writes down about a pipeline, validated when it is read. First in the flow: all else is built from it. */
@NullMarked
package io.millrace.stream.config;

import org.jspecify.annotations.NullMarked;
