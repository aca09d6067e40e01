/**
 * A Kafka broker inside this process, for who has none: the commands start it when the configuration names no
 * {@code bootstrap.servers}. Kafka's internal classes are used here and nowhere else.
 */
@NullMarked
package io.millrace.cli.broker;

import org.jspecify.annotations.NullMarked;
