/** The feed as a reader of its topic sees it. Input: the records of the topic. Output: points for the command line. */
@NullMarked
package io.millrace.cli.feed;

import org.jspecify.annotations.NullMarked;
