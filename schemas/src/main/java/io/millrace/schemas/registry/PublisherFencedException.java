package io.millrace.schemas.registry;

/** Another publisher of the same model took over before this one was told that it was done. */
public final class PublisherFencedException extends RegistryException {
    PublisherFencedException(String model, Throwable cause) {
        super(
                "another publisher of model '" + model + "' took over, or this one took longer than "
                        + RegistryClients.TRANSACTION_TIMEOUT_MILLIS / 60_000
                        + " minutes, so what it wrote is most likely taken back: look at what the model's last version is, then"
                        + " try again",
                cause);
    }
}
