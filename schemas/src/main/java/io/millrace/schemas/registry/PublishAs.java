package io.millrace.schemas.registry;

/** Which role a version takes as it is published. */
public enum PublishAs {
    /** It scores from now on, unless the present champion is pinned: then it waits as challenger. */
    CHAMPION,
    /** It waits for promotion. */
    CHALLENGER,
    /** None: it is only there. */
    NONE
}
