package dev.flotilla.api.upload;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The keys that evidence is signed with. Changing them needs {@code operator}; any role may ask. */
public interface BoqKeyApi {
    /**
     * Trusts a key, or changes what it may speak for. 409 where the id has another key, the key another id, or it was revoked: a key is never
     * exchanged under its id, nor trusted again.
     */
    @PutExchange("/v1/boq-keys/{id}")
    BoqKey.Stored putBoqKey(@PathVariable @PlaceName String id, @RequestBody @Valid BoqKey key);

    /** One key, revoked or not; 404 where there is none of that id. */
    @GetExchange("/v1/boq-keys/{id}")
    BoqKey.Stored boqKey(@PathVariable @PlaceName String id);

    /** All keys by id, revoked ones too. */
    @GetExchange("/v1/boq-keys")
    Page<BoqKey.Stored> boqKeys(
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * Trusts a key no more, at once and for good: whatever it signed counts no more, also what is stored already. One that is revoked stays as it
     * is. 404 where there is none of that id.
     */
    @PostExchange("/v1/boq-keys/{id}/revoke")
    BoqKey.Stored revokeBoqKey(@PathVariable @PlaceName String id, @RequestBody @Valid Revocation revocation);
}
