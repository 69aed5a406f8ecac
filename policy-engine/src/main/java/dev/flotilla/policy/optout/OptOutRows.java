package dev.flotilla.policy.optout;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The table of opt-outs. */
interface OptOutRows extends CrudRepository<OptOutRow, String> {
    /** Those that have not ended, by name, beginning after the given one. */
    @Query("select o from OptOutRow o where o.name > :after and (o.endsAt is null or o.endsAt > :now) order by o.name")
    List<OptOutRow> current(String after, Instant now, Limit limit);

    /** Removes one, whether or not it is there. */
    @Modifying
    @Query("delete from OptOutRow o where o.name = :name")
    int remove(String name);
}
