package dev.flotilla.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who gets in, with no other service running: the page must be there all the same. */
@ServiceTest
class SessionTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    private String viewer() {
        return tokens.bearer(Role.VIEWER).substring("Bearer ".length());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends the form of the log-in page, as a browser does. */
    private HttpResponse<String> logIn(String token, String next) throws Exception {
        HttpResponse<String> form = send(request("/login?next=" + encoded(next)).header("Accept", "text/html"));
        Matcher forgery = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form.body());
        assertThat(forgery.find()).isTrue();
        Matcher onwards = Pattern.compile("name=\"next\" value=\"([^\"]+)\"").matcher(form.body());
        assertThat(onwards.find()).isTrue();
        return send(request("/login")
                .header("Accept", "text/html")
                .header("Cookie", header(form, "Set-Cookie").split(";", 2)[0])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + encoded(token) + "&_csrf="
                        + encoded(forgery.group(1)) + "&next=" + encoded(onwards.group(1)))));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aPersonWithoutATokenIsSentToTheLogInAndFragmentsAreRefused() throws Exception {
        HttpResponse<String> page = send(request("/?service=hello").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(header(page, "Location")).isEqualTo("/login?next=%2F%3Fservice%3Dhello");

        HttpResponse<String> events = send(request("/events").header("Accept", "text/event-stream"));
        assertThat(events.statusCode()).isEqualTo(401);

        HttpResponse<String> fragment =
                send(request("/machines/m1").header("Accept", "text/html").header("HX-Request", "true"));
        assertThat(fragment.statusCode()).isEqualTo(401);
        assertThat(header(fragment, "HX-Redirect")).isEqualTo("/login");
    }

    @Test
    void aTokenBecomesACookieThatOpensThePage() throws Exception {
        HttpResponse<String> login = logIn(viewer(), "/");
        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(header(login, "Location")).isEqualTo("/");
        assertThat(header(login, "Cache-Control")).contains("no-store");
        String cookie = login.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith("flotilla_token="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");

        HttpResponse<String> page =
                send(request("/").header("Cookie", cookie.split(";", 2)[0]).header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("tester").contains("device-manager has not been read yet");
        assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(header(page, "Cache-Control")).contains("no-store");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void aTokenInTheQueryIsNotTakenBecauseItWouldStandInLogs() throws Exception {
        HttpResponse<String> login = send(request("/login?token=" + viewer()).header("Accept", "text/html"));
        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.headers().allValues("Set-Cookie")).noneMatch(value -> value.startsWith("flotilla_token="));
    }

    @Test
    void badTokensAreRefusedInWordsAndSetNothing() throws Exception {
        String expired = tokens.expired(Role.VIEWER).substring("Bearer ".length());
        String withoutRole = tokens.bearer(Set.of(), List.of(), List.of()).substring("Bearer ".length());
        for (String token : List.of(expired, withoutRole, "rubbish", "a.b.c", "x".repeat(5000))) {
            HttpResponse<String> login = logIn(token, "/");
            assertThat(login.statusCode()).isEqualTo(401);
            assertThat(login.body()).contains("role=\"alert\"").doesNotContain("Exception");
            assertThat(login.headers().allValues("Set-Cookie")).noneMatch(value -> value.startsWith("flotilla_token="));
        }
    }

    @Test
    void aCookieThatIsNoLongerGoodIsRemoved() throws Exception {
        String expired = tokens.expired(Role.VIEWER).substring("Bearer ".length());
        HttpResponse<String> page =
                send(request("/").header("Cookie", "flotilla_token=" + expired).header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(header(page, "Set-Cookie")).startsWith("flotilla_token=;").contains("Max-Age=0");
    }

    @Test
    void aPostFromElsewhereIsRefusedEvenWithTheCookie() throws Exception {
        HttpResponse<String> logout = send(request("/logout")
                .header("Cookie", "flotilla_token=" + viewer())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(logout.statusCode()).isEqualTo(403);
        HttpResponse<String> login = send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + viewer())));
        assertThat(login.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "javascript:alert(1)",
                "/login",
                "/a\r\nX: y"
            })
    void nobodyIsSentElsewhereAfterTheLogIn(String next) throws Exception {
        HttpResponse<String> login = logIn(viewer(), next);
        assertThat(header(login, "Location")).isEqualTo("/");
    }

    @Test
    void assetsAreOpenCompressedAndKept() throws Exception {
        HttpResponse<String> form = send(request("/login").header("Accept", "text/html"));
        Matcher css = Pattern.compile("/assets/console-[0-9a-f]{32}\\.css").matcher(form.body());
        assertThat(css.find()).isTrue();
        HttpResponse<String> asset = send(request(css.group()).header("Accept-Encoding", "gzip"));
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(header(asset, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(asset, "Cache-Control")).contains("max-age=31536000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/machines/a%2Fb",
                "/machines/%20",
                "/machines/..%2f",
                "/?group=nothing",
                "/?service=UPPER",
                "/deployments/x",
                "/machines/m1/services/UPPER/log",
                "/nowhere",
                "/?fd=%3Cscript%3E&group=a~b"
            })
    void badAddressesAreAnsweredInWords(String path) throws Exception {
        HttpResponse<String> page = send(
                request(path).header("Cookie", "flotilla_token=" + viewer()).header("Accept", "text/html"));
        assertThat(page.statusCode()).isBetween(400, 404);
        assertThat(page.body()).doesNotContain("Exception").doesNotContain("<script>");
    }

    @Test
    void aBearerTokenWorksAsEverywhereAndTheSubscribersAreCounted() throws Exception {
        HttpResponse<String> metrics =
                send(request("/actuator/prometheus").header("Authorization", tokens.bearer(Role.VIEWER)));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("flotilla_console_subscribers");
        assertThat(send(request("/actuator/health/readiness")).statusCode()).isEqualTo(200);
    }
}
