package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@UploadServiceTest
class ListingTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    UploadApi api;

    @Autowired
    JdbcClient db;

    UploadClient owner;

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
    }

    @Test
    void versionsComeNewestFirstPageByPage() {
        for (int i = 1; i <= 7; i++) {
            owner.upload("paged", "" + i, "content " + i);
        }

        Page<Version> first = versions(owner.get("/v1/services/paged/versions?limit=3"));
        owner.upload("paged", "8", "meanwhile");
        Page<Version> second = versions(owner.get("/v1/services/paged/versions?limit=3&cursor=" + first.nextCursor()));
        Page<Version> third = versions(owner.get("/v1/services/paged/versions?limit=3&cursor=" + second.nextCursor()));

        assertThat(names(first)).containsExactly("7", "6", "5");
        assertThat(names(second)).containsExactly("4", "3", "2");
        assertThat(names(third)).containsExactly("1");
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void servicesComeByNameWithTheirCounts() {
        owner.upload("zz-b", "1", "one");
        owner.upload("zz-b", "2", "two");
        owner.upload("zz-a", "9", "nine");
        owner.upload("zz.c", "1", "one");

        List<ServiceSummary> listed = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<ServiceSummary> page = api.services(2, cursor);
            listed.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(listed).extracting(ServiceSummary::service).isSorted().doesNotHaveDuplicates();
        assertThat(listed)
                .filteredOn(s -> s.service().startsWith("zz"))
                .satisfiesExactly(
                        a -> assertThat(a)
                                .extracting("service", "versions", "latestVersion")
                                .containsExactly("zz-a", 1L, "9"),
                        b -> assertThat(b)
                                .extracting("service", "versions", "latestVersion")
                                .containsExactly("zz-b", 2L, "2"),
                        c -> assertThat(c)
                                .extracting("service", "versions", "latestVersion")
                                .containsExactly("zz.c", 1L, "1"));
    }

    @Test
    void deletingTheLatestVersionMakesTheOneBeforeItTheLatest() {
        owner.upload("latest", "1", "one");
        owner.upload("latest", "2", "two");
        owner.delete("latest", "2");

        assertThat(summary("latest")).extracting("versions", "latestVersion").containsExactly(1L, "1");

        owner.delete("latest", "1");
        assertThat(api.services(1000, null).items())
                .extracting(ServiceSummary::service)
                .doesNotContain("latest");
    }

    @Test
    void noQueryScansTheVersions() {
        db.sql(
                        "insert into content (sha256, size, key, versions, uploads_until)"
                                + " select sha256(i::text::bytea), 1, 'bulk' || i, case when i % 1000 = 0 then 0 else 1 end, 'epoch' from generate_series(1, 60000) i")
                .update();
        db.sql(
                        "insert into version (service, version, sha256, size, uploaded_by, uploaded_at)"
                                + " select 'bulk' || i % 100, i::text, sha256(i::text::bytea), 1, 'tester', now() from generate_series(1, 60000) i")
                .update();
        db.sql("analyze").update();

        List<String> queries = List.of(
                "select * from version where service = 'bulk7' and version = '107'",
                "select * from version where service = 'bulk7' and seq < 50000 and state = 'READY' order by seq desc limit 101",
                "select * from version where service = 'bulk7' and state = 'READY' order by seq desc limit 1",
                "select * from version where service = 'bulk7' and seq < 50000 and state = 'DELETED' order by seq desc limit 101",
                "select exists (select from content where key = 'bulk7')",
                "select service, version from version where state = 'DELETING' and deleting_since < now()"
                        + " order by deleting_since limit 20 for update skip locked",
                "select sha256 from content where versions = 0 and uploads = 0 limit 100",
                "update content set uploads = 0 where uploads > 0 and uploads_until < now()");
        for (String query : queries) {
            String plan = String.join(
                    "\n", db.sql("explain " + query).query(String.class).list());
            assertThat(plan).as(query).contains("Index").doesNotContain("Seq Scan");
        }
        db.sql("delete from version where service like 'bulk%'").update();
        db.sql("delete from content where uploads_until = 'epoch'").update();
    }

    private ServiceSummary summary(String service) {
        return api.services(1000, null).items().stream()
                .filter(s -> s.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Page<Version> page) {
        return page.items().stream().map(Version::version).toList();
    }
}
