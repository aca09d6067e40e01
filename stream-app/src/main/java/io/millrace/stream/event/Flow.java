package io.millrace.stream.event;

/** All that one node of a pipeline hands to the next. */
public sealed interface Flow permits Envelope, Judgements, LabelRoute, Outgoing, ScoredEvent {}
