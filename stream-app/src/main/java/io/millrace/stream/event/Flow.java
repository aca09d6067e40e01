package io.millrace.stream.event;

/** All that one node of a pipeline hands to the next. */
public sealed interface Flow permits Envelope, FeedItem, Judgements, LabelRoute, Outgoing, ScoredEvent {}
