package io.millrace.cli.serve;

import io.millrace.schemas.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names a process: the same after a restart on the same state folder, different from each of its peers. */
final class Instance {
    private static final int DIGITS = 8;

    private Instance() {}

    static String name(Path stateDir) {
        String folder = stateDir.toAbsolutePath().normalize().toString();
        return host() + "-"
                + Sha256.hex(folder.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    private static String host() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "millrace";
        }
    }
}
