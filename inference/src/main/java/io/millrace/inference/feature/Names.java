package io.millrace.inference.feature;

/** What a name in a feature set may look like. */
final class Names {
    private Names() {}

    static String checked(String name, String what) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank; give it a name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new IllegalArgumentException(
                        what + " '" + name.strip() + "' has a control character at " + i + "; write it on one line");
            }
        }
        return name;
    }
}
