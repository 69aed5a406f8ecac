package dev.flotilla.api;

import java.util.regex.Pattern;

/** How names may look. The patterns are anchored: use them with {@code matches}. */
public final class Names {
    public static final String SERVICE = "[a-z0-9][a-z0-9.-]{0,62}";
    public static final String SERVICE_ALLOWED =
            "1 to 63 characters: lower-case letters a-z, digits, '.' and '-', beginning with a letter or digit";

    public static final String VERSION = "[A-Za-z0-9][A-Za-z0-9._+-]{0,127}";
    public static final String VERSION_ALLOWED =
            "1 to 128 characters: letters a-z and A-Z, digits, '.', '_', '+' and '-', beginning with a letter or digit";

    /** Machines, environments, machine functions, fault domains and regions are all named like this. */
    public static final String PLACE = "[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,127}";

    public static final String PLACE_ALLOWED =
            "1 to 128 characters: letters a-z and A-Z, digits, '.', '_' and '-', beginning with a letter or digit, never two '.' in a row";

    /** Text that people write, such as a reason: any characters but those that can't be stored. */
    public static final String TEXT = "[^\\x00\\x{D800}-\\x{DFFF}]*";

    public static final String TEXT_ALLOWED = "must be text without NUL characters and broken surrogate pairs";

    private static final Pattern SERVICE_PATTERN = Pattern.compile(SERVICE);
    private static final Pattern VERSION_PATTERN = Pattern.compile(VERSION);
    private static final Pattern PLACE_PATTERN = Pattern.compile(PLACE);

    private Names() {}

    public static boolean isService(String name) {
        return SERVICE_PATTERN.matcher(name).matches();
    }

    public static boolean isVersion(String name) {
        return VERSION_PATTERN.matcher(name).matches();
    }

    public static boolean isPlace(String name) {
        return PLACE_PATTERN.matcher(name).matches();
    }

    /** The name of a payload's file, both as a download and on a machine: {@code service_version}. */
    public static String fileName(String service, String version) {
        return service + "_" + version;
    }
}
