package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each bad request gets its own problem, which names the field, and changes nothing. */
@UploadServiceTest
class BadInputTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient db;

    UploadClient owner;
    long before;

    @BeforeEach
    void count() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
        owner.upload("there", "1", "hello");
        before = versionsAndContents();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(versionsAndContents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%2F..%2Fb",
                "a%5Cb",
                "...",
                ".hidden",
                "%20",
                "a%20b",
                "a%09b",
                "UPPER",
                "a_b",
                "-a",
                "a%25b",
                "a%22b",
                "%E6%97%A5%E6%9C%AC",
                "%D0%B0",
                "a%0Ab",
                "%F0%9F%9A%80"
            })
    void namesThatAreNotAllowedAreRefusedEverywhere(String name) {
        refusedAs("service", owner.upload(name, "1", "hello"));
        refusedAs("service", owner.get(UploadClient.path(name, "1")));
        refusedAs("service", owner.download(name, "1"));
        refusedAs("service", owner.delete(name, "1"));
        refusedAs("service", owner.get("/v1/services/" + name + "/versions"));
        if (!name.equals("UPPER") && !name.equals("a_b")) {
            refusedAs("version", owner.upload("there", name, "hello"));
            refusedAs("version", owner.get(UploadClient.path("there", name)));
            refusedAs("version", owner.download("there", name));
            refusedAs("version", owner.delete("there", name));
        }
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        for (int length : List.of(64, 10_000)) {
            refusedAs("service", owner.upload("x".repeat(length), "1", "hello"));
        }
        for (int length : List.of(129, 10_000)) {
            Problem problem = problem(owner.upload("there", "1".repeat(length), "hello"), 400, "version");
            assertThat(problem.errors().getFirst().message()).contains("1 to 128 characters");
            assertThat(problem.errors().getFirst().rejected()).hasSizeLessThan(300);
        }
    }

    @Test
    void pathsOfDotsOrWithoutANameAreRefused() {
        for (String path : List.of(
                "/v1/services/../versions/1",
                "/v1/services/%2e%2e/versions/1",
                "/v1/services//versions/1",
                "/v1/services/there/versions/",
                "/v1/services/there/versions/..",
                "/v1/services/there/versions/%2e",
                "/v1/services/a%00b/versions/1")) {
            HttpResponse<byte[]> answer = owner.send("PUT", path, BodyPublishers.ofString("hello"));
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            problem(answer, answer.statusCode());
        }
    }

    @Test
    void whatIsUnknownIsNamed() {
        problem(owner.get(UploadClient.path("nobody", "1")), 404, "version");
        problem(owner.get(UploadClient.path("there", "9")), 404, "version");
        problem(owner.delete("there", "9"), 404, "version");
        assertThat(UploadClient.versions(owner.get("/v1/services/nobody/versions"))
                        .items())
                .isEmpty();
    }

    @Test
    void listsRefuseWrongLimitsAndCursors() {
        for (String list : List.of("/v1/services", "/v1/services/there/versions")) {
            problem(owner.get(list + "?limit=0"), 400, "limit");
            problem(owner.get(list + "?limit=1001"), 400, "limit");
            problem(owner.get(list + "?limit=many"), 400, "limit");
            problem(owner.get(list + "?cursor=%21"), 400, "cursor");
        }
        problem(owner.get("/v1/services/there/versions?cursor=YWJj"), 400, "cursor");
        problem(owner.get("/v1/services?cursor=AA"), 400, "cursor");
    }

    @Test
    void withoutATokenNothingIsDone() {
        UploadClient nobody = new UploadClient(port, null);

        problem(nobody.upload("there", "2", "hello"), 401, "Authorization");
        problem(nobody.download("there", "1"), 401, "Authorization");
        problem(nobody.delete("there", "1"), 401, "Authorization");
    }

    @Test
    void anExpiredOrForgedTokenIsRefused() {
        assertThat(problem(new UploadClient(port, tokens.expired(Role.PUBLISHER)).upload("there", "2", "hello"), 401)
                        .detail())
                .contains("expired");
        problem(new UploadClient(port, "Bearer nonsense").upload("there", "2", "hello"), 401);
    }

    @Test
    void aTokenForAnotherServiceIsRefused() {
        UploadClient other = new UploadClient(port, tokens.bearerFor(Role.PUBLISHER, "other"));

        assertThat(problem(other.upload("there", "2", "hello"), 403).detail())
                .contains("there")
                .contains("other");
        problem(other.delete("there", "1"), 403);
        assertThat(problem(other.download("there", "1"), 403).detail()).contains("there");
        assertThat(other.get(UploadClient.path("there", "1")).statusCode())
                .as("that it is there may be known to all")
                .isEqualTo(200);
    }

    @Test
    void aTokenWithoutTheRoleIsRefused() {
        for (String token : List.of(
                tokens.bearer(Role.VIEWER),
                tokens.bearer(Role.DEPLOYER),
                tokens.bearer(Role.SERVICE),
                tokens.agentOf("m1"))) {
            UploadClient reader = new UploadClient(port, token);
            assertThat(problem(reader.upload("there", "2", "hello"), 403).detail())
                    .contains("publisher");
            problem(reader.delete("there", "1"), 403);
        }
    }

    @Test
    void theBytesAreForThoseWhoRunPublishOrDeployThem() {
        for (String token : List.of(
                tokens.agentOf("m1"),
                tokens.bearer(Role.SERVICE),
                tokens.bearer(Role.OPERATOR),
                tokens.bearerFor(Role.PUBLISHER, "there"),
                tokens.bearerFor(Role.DEPLOYER, "there"))) {
            assertThat(new UploadClient(port, token).download("there", "1").statusCode())
                    .isEqualTo(200);
        }
        UploadClient viewer = new UploadClient(port, tokens.bearer(Role.VIEWER));
        assertThat(problem(viewer.download("there", "1"), 403).detail()).contains("publisher or deployer");
        assertThat(problem(viewer.download("there", "1", "Range", "bytes=0-1"), 403)
                        .detail())
                .contains("publisher or deployer");
        assertThat(viewer.send("HEAD", UploadClient.path("there", "1") + "/payload", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get(UploadClient.path("there", "1")).statusCode()).isEqualTo(200);
    }

    @Test
    void otherMethodsAreRefused() {
        assertThat(owner.send("POST", UploadClient.path("there", "2"), BodyPublishers.ofString("hello"))
                        .statusCode())
                .isEqualTo(405);
        assertThat(owner.send("PUT", UploadClient.path("there", "1") + "/payload", BodyPublishers.ofString("x"))
                        .statusCode())
                .isEqualTo(405);
    }

    private static void refusedAs(String field, HttpResponse<byte[]> answer) {
        Problem problem = problem(answer, 400);
        assertThat(problem.errors()).as(text(answer)).singleElement().satisfies(error -> {
            assertThat(error.field()).isIn(field, "path");
            assertThat(error.message()).isNotBlank();
        });
    }

    private long versionsAndContents() {
        return db.sql("select (select count(*) from version) * 1000000 + (select count(*) from content)")
                .query(Long.class)
                .single();
    }
}
