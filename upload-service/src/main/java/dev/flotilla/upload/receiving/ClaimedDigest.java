package dev.flotilla.upload.receiving;

/**
 * A digest that the sender of a body says it has.
 *
 * @param header the header that says so
 * @param sha256 in hexadecimal digits
 */
record ClaimedDigest(String header, String sha256) {}
