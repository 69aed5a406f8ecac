package dev.flotilla.cli.boq;

import dev.flotilla.api.upload.BoqKey;
import dev.flotilla.api.upload.BoqKeyApi;
import dev.flotilla.api.upload.EvidenceKind;
import dev.flotilla.api.upload.Revocation;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.cli.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code boq-keys}. */
@Command(
        name = "boq-keys",
        description =
                "Shows the keys that evidence is signed with, revoked ones too. With a word behind it: one of them.")
public final class BoqKeysCommand implements Callable<Integer> {
    private static final String KEY = "The key.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        BoqKeyApi keys = Remote.asOwner(session).boqKeys();
        List<BoqKey.Stored> all = limit.read(keys::boqKeys);
        Table table = new Table("KEY", "ALGORITHM", "SERVICES", "ABOUT", "NOT AFTER", "VALID FOR", "BY", "REVOKED");
        all.forEach(each -> table.row(
                each.id(),
                each.algorithm(),
                services(each.key()),
                Words.kinds(each.key().kinds()),
                Words.at(each.key().notAfter(), "-"),
                validFor(each.key()),
                each.changedBy(),
                revoked(each.revoked())));
        session.output()
                .result(
                        all,
                        all.isEmpty()
                                ? Text.of("No key is trusted: './flotilla boq-keys add NAME FILE' changes that.")
                                : table);
        limit.tell(session.output());
        return Exit.OK;
    }

    @Command(name = "show", description = "Shows one key.")
    int show(@Parameters(paramLabel = "NAME", description = KEY) String name) {
        BoqKey.Stored stored = Remote.asOwner(session).boqKeys().boqKey(name);
        session.output()
                .result(
                        stored,
                        new Entry(name)
                                .with("Key", stored.algorithm() + ", sha256 " + stored.fingerprint())
                                .with("Services", services(stored.key()))
                                .with("About", Words.kinds(stored.key().kinds()))
                                .with("Until", Words.at(stored.key().notAfter(), "it is revoked"))
                                .with("Valid", "its evidence counts " + counting(stored.key()))
                                .with("Added", stored.createdBy() + ", " + Words.at(stored.createdAt(), ""))
                                .with("Changed", stored.changedBy() + ", " + Words.at(stored.changedAt(), ""))
                                .with("Revoked", revoked(stored.revoked())));
        return Exit.OK;
    }

    @Command(
            name = "add",
            description = {
                "Trusts a key, or changes what one may speak for: what is left out takes its default.",
                "",
                "For example: ./flotilla boq-keys add ci-tests ci-tests.pub --services hello --about test-result"
                        + " --valid-for 30d"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "A name for it, to change or revoke it by.") String name,
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "The public key in PEM: Ed25519, ECDSA P-256, or RSA from 2048 bits; - for standard input.")
                    Path file,
            @Option(
                            names = "--services",
                            paramLabel = "S",
                            split = ",",
                            description = "The services that it may speak for. Default: all.")
                    @Nullable
                    List<String> services,
            @Option(
                            names = "--about",
                            paramLabel = "KIND",
                            split = ",",
                            description = "What it may speak about: test-result, provenance. Default: anything.")
                    @Nullable
                    Set<EvidenceKind> about,
            @Option(
                            names = "--not-after",
                            paramLabel = "TIME",
                            description =
                                    "Until when its evidence is taken: 2030-01-31T12:00Z, or 90d from now. Default: until it is revoked.")
                    @Nullable
                    Instant notAfter,
            @Option(
                            names = "--valid-for",
                            paramLabel = "DURATION",
                            description = "How long its evidence counts: 30d, say. Default: for ever.")
                    @Nullable
                    Duration validFor) {
        BoqKey.Stored stored = Remote.asOperator(session)
                .boqKeys()
                .putBoqKey(name, new BoqKey(TextFile.read(file), services, about, notAfter, validFor));
        session.output()
                .result(
                        stored,
                        "Trusted: " + name + ", " + stored.algorithm() + ", may speak about "
                                + Words.kinds(stored.key().kinds()) + " for services: " + services(stored.key())
                                + "; its evidence counts " + counting(stored.key()) + ". './flotilla boq-keys revoke "
                                + name + "' ends that.");
        return Exit.OK;
    }

    @Command(
            name = "revoke",
            description = "Trusts a key no more, at once and for good: nothing that it ever signed counts any more.")
    int revoke(
            @Parameters(paramLabel = "NAME", description = KEY) String name,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why; told wherever evidence does not count because of it.")
                    String reason) {
        BoqKey.Stored stored = Remote.asOperator(session).boqKeys().revokeBoqKey(name, new Revocation(reason));
        session.output().result(stored, name + " is revoked: " + revoked(stored.revoked()) + ".");
        return Exit.OK;
    }

    private static String services(BoqKey key) {
        return key.services() == null ? "all" : String.join(", ", key.services());
    }

    private static String validFor(BoqKey key) {
        return key.validFor() == null ? "-" : Durations.text(key.validFor());
    }

    private static String counting(BoqKey key) {
        return key.validFor() == null ? "for ever" : "for " + validFor(key);
    }

    private static String revoked(BoqKey.@Nullable Revoked revoked) {
        return revoked == null
                ? "-"
                : "by " + revoked.by() + ", " + Words.at(revoked.at(), "") + ": " + revoked.reason();
    }
}
