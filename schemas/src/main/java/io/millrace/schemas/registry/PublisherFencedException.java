package io.millrace.schemas.registry;

/** Another publisher of the same model took over before this one was done; nothing of this one's is visible. */
public final class PublisherFencedException extends RegistryException {
    PublisherFencedException(String model, Throwable cause) {
        super(
                "another publisher of model '" + model + "' took over, so nothing was written:"
                        + " look at what it wrote, then try again",
                cause);
    }
}
