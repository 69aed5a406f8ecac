package dev.flotilla.policy.optout;

import dev.flotilla.api.policy.OptOut;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An opt-out in the database. */
@Entity
@Table(name = "opt_out")
class OptOutRow {
    @Id
    private String name = "";

    private @Nullable String machine;

    private @Nullable String service;

    private String reason = "";

    @Column(name = "ends_at")
    private @Nullable Instant endsAt;

    @Column(name = "created_by")
    private String createdBy = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    protected OptOutRow() {}

    OptOutRow(OptOut.Stored stored) {
        this.name = stored.name();
        this.machine = stored.optOut().machine();
        this.service = stored.optOut().service();
        this.reason = stored.optOut().reason();
        this.endsAt = stored.optOut().until();
        this.createdBy = stored.createdBy();
        this.createdAt = stored.createdAt();
    }

    OptOut.Stored stored() {
        return new OptOut.Stored(name, new OptOut(machine, service, reason, endsAt), createdBy, createdAt);
    }

    boolean endedBy(Instant now) {
        return endsAt != null && !endsAt.isAfter(now);
    }

    String createdBy() {
        return createdBy;
    }

    Instant createdAt() {
        return createdAt;
    }
}
