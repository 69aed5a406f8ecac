package dev.flotilla.upload.boq;

import dev.flotilla.api.Page;
import dev.flotilla.api.upload.BoqKey;
import dev.flotilla.api.upload.BoqKeyApi;
import dev.flotilla.api.upload.Revocation;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.web.bind.annotation.RestController;

/** Trusts keys, and ceases to. */
@RestController
class BoqKeyController implements BoqKeyApi {
    private static final Logger log = LoggerFactory.getLogger(BoqKeyController.class);
    private static final int MOST = 1000;
    private final TrustedKeys keys;
    private final InstantSource clock;

    BoqKeyController(TrustedKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public BoqKey.Stored putBoqKey(String id, BoqKey key) {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        SigningKey signing = SigningKey.ofPem(key.publicKey());
        try {
            Optional<TrustedKey> put = keys.put(id, signing, key, caller.name(), clock.instant());
            put.ifPresent(each -> log.info(
                    "the key {} is trusted to sign evidence, {} {}, by {}",
                    id,
                    each.stored().algorithm(),
                    each.stored().fingerprint(),
                    caller.name()));
            return put.orElseGet(() -> unchanged(id, signing)).stored();
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(keys.all().stream()
                    .filter(other -> Arrays.equals(other.key().spki(), signing.spki()))
                    .findFirst()
                    .map(other -> "This key is known as '" + other.id() + "'"
                            + (other.stored().revoked() == null
                                    ? ": change that one"
                                    : ", and was revoked: make a new one"))
                    .orElse("This key was added at the same moment; try again"));
        }
    }

    private TrustedKey unchanged(String id, SigningKey signing) {
        TrustedKey there = keys.find(id).orElseThrow();
        if (there.stored().revoked() != null) {
            throw ProblemException.conflict(
                    "'" + id + "' was revoked, which is for good: add a new key under another id");
        }
        if (!Arrays.equals(there.key().spki(), signing.spki())) {
            throw ProblemException.conflict(
                    "'" + id + "' is another key, and a key is never exchanged: add this one under another id");
        }
        return there;
    }

    @Override
    public BoqKey.Stored boqKey(String id) {
        return keys.find(id).orElseThrow(() -> none(id)).stored();
    }

    @Override
    public Page<BoqKey.Stored> boqKeys(int limit, @Nullable String cursor) {
        int wanted = Limits.check(limit, MOST);
        String after = cursor == null ? "" : Cursors.decode(cursor, 1).getFirst();
        List<BoqKey.Stored> found =
                keys.after(after, wanted + 1).stream().map(TrustedKey::stored).toList();
        if (found.size() <= wanted) {
            return new Page<>(found, null);
        }
        List<BoqKey.Stored> page = found.subList(0, wanted);
        return new Page<>(page, Cursors.encode(page.getLast().id()));
    }

    @Override
    public BoqKey.Stored revokeBoqKey(String id, Revocation revocation) {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        BoqKey.Stored stored = keys.revoke(id, revocation.reason(), caller.name(), clock.instant())
                .orElseThrow(() -> none(id))
                .stored();
        log.info("{} is revoked by {}: what it signed is no evidence any more", id, caller.name());
        return stored;
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound("id", id, "There is no key '" + id + "'");
    }
}
