package dustwarden.console;

import static dustwarden.console.RunningConsole.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleServerTest {
    private static final String SERIES = "/api/v1/sites/xx-hongqi-01/series";
    private static final String NAME = SessionCookies.NAME;
    private static final String FILING = "{\"person\":\"李工\",\"text\":\"seen\",\"device\":\"dust-1\",\"unit\":\"soil-01\","
            + "\"reason\":\"maintenance\",\"from\":\"2026-03-15T09:00:00+08:00\",\"to\":\"2026-03-15T10:00:00+08:00\"}";
    private static final String ACT = "{\"person\":\"李工\",\"text\":\"seen\"}";
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = RunningConsole.start();
    }

    @AfterAll
    static void stopsWithoutHavingBlockedTheLoop() {
        List<String> blocked = List.copyOf(console.blocked);
        console.close();
        assertEquals(List.of(), blocked);
    }

    private static String uri(Operation operation) {
        return operation
                        .getOpenAPIPath()
                        .replace("{site}", FakeViews.SITE)
                        .replace("{id}", FakeViews.ALARM)
                        .replace("{token}", "over")
                        .replace("{device}", "dust-1")
                        .replace("{stream}", "reading")
                + (operation.getOperationId().equals("getSeries") ? "?quantity=pm10" : "");
    }

    private static HttpRequest<Buffer> request(Operation operation) {
        return console.request(operation.getHttpMethod(), uri(operation));
    }

    private static List<Operation> operations() {
        return await(Contract.load(console.vertx)).operations();
    }

    @Test
    void thePagesTakeTheWordsOfReasonsFromTheServer() {
        HttpResponse<Buffer> words = await(console.request(HttpMethod.GET, "/app/words/reasons.js").send());
        assertEquals(200, words.statusCode());
        assertTrue(words.getHeader("Content-Type").startsWith("text/javascript"));
        String start = "export default {\"reasons\":{\"above-range\":{\"zh\":[\"";
        assertTrue(words.bodyAsString().startsWith(start), words.bodyAsString());
    }

    @Test
    void everyOperationOfTheContractAnswers() {
        for (Operation operation : operations()) {
            if (operation.getOperationId().equals("live")) {
                continue; // never ends; LiveStreamTest listens to it
            }
            HttpRequest<Buffer> request =
                    request(operation).bearerTokenAuthentication(RunningConsole.TOKEN).putHeader(
                            "Content-Type", "application/json");
            String body = operation.getOperationId().equals("openSession")
                    ? "{\"token\":\"" + RunningConsole.TOKEN + "\"}"
                    : operation.getOperationId().equals("overrideSpray") ? ACT.replace("{", "{\"mode\":\"auto\",")
                    : FILING;
            HttpResponse<Buffer> answer =
                    await(operation.getHttpMethod() == HttpMethod.POST
                            ? request.sendBuffer(Buffer.buffer(body))
                            : request.send());
            assertEquals(
                    2, answer.statusCode() / 100, operation.getOperationId() + " " + answer.bodyAsString());
        }
    }

    @Test
    void noOperationAnswersWithoutALogin() {
        for (Operation operation : operations()) {
            if (List.of("openSession", "closeSession", "showNoticeLink", "useNoticeLink").contains(operation.getOperationId())) {
                continue; // how a login begins and ends; links carry their own proof
            }
            HttpResponse<Buffer> answer = await(request(operation).send());
            assertEquals(401, answer.statusCode(), operation.getOperationId());
            assertProblem(answer, 401);
        }
    }

    @Test
    void aWrongTokenIsNoLogin() {
        assertEquals(401, await(console.request(HttpMethod.GET, "/api/v1/sites").bearerTokenAuthentication("a").send())
                .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/v1/sites/none", "/api/v1/sites/none/checklist", "/api/v1/sites/none/devices",
        "/api/v1/sites/none/passages", "/api/v1/sites/none/series?quantity=pm10", "/api/v1/alarms/none",
        "/api/v1/alarms/none/evidence", "/api/v1/nothing", "/nothing.html"
    })
    void whatIsNotThereIsA404Problem(String uri) {
        assertProblem(console.get(uri), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/v1/sites?limit=0", "/api/v1/sites?limit=1001", "/api/v1/sites?limit=ten", "/api/v1/sites?limit=-1",
        "/api/v1/sites?cursor=nonsense", "/api/v1/alarms?state=loud", "/api/v1/alarms?item=roof",
        "/api/v1/notices?fate=lost", SERIES, SERIES + "?quantity=sugar", SERIES + "?quantity=pm10&period=PT7M",
        SERIES + "?quantity=pm10&period=hour", SERIES + "?quantity=pm10&from=yesterday", SERIES + "?quantity=pm10&limit=0",
        SERIES + "?quantity=pm10&from=2026-03-14T09:00:00%2B08:00&to=2026-03-14T08:00:00%2B08:00",
        "/api/v1/ranking?from=2026-03-14&to=2026-03-13", "/api/v1/sites/xx-hongqi-01/passages?day=today",
        "/api/v1/sites/xx-hongqi-01/passages?day=2026-02-31"
    })
    void badParametersAreA400Problem(String uri) {
        assertProblem(console.get(uri), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/api/v1/sites/%2", "/api/v1/sites?limit=%zz", "/%e4%"})
    void anAddressWithABrokenEscapeIsA400Problem(String uri) throws IOException {
        String answer;
        try (Socket socket = new Socket("127.0.0.1", console.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET " + uri + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + RunningConsole.TOKEN + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains("application/problem+json"), answer);
    }

    @ParameterizedTest
    @CsvSource({"1", "1000"})
    void limitsAreKeptToTheLast(int limit) {
        assertEquals(200, console.get("/api/v1/sites?limit=" + limit).statusCode());
        assertEquals(limit, last(console.views.pages).limit());
    }

    @Test
    void aPlusInAnOffsetMayComeAsABlank() {
        console.get(SERIES + "?quantity=pm10&period=PT1H&from=2026-03-14T08:00:00+08:00&to=1773450000000");
        Series.Query query = last(console.views.queries);
        assertEquals(Instant.parse("2026-03-14T00:00:00Z"), query.from());
        assertEquals(Instant.ofEpochMilli(1773450000000L), query.to());
        assertEquals(Optional.of(Duration.ofHours(1)), query.period());
    }

    @Test
    void rawPointsDefaultToAThousandOfTheLastDay() {
        console.get(SERIES + "?quantity=pm10");
        Series.Query query = last(console.views.queries);
        assertEquals(1000, query.limit());
        assertEquals(RunningConsole.CLOCK.instant(), query.to());
        assertEquals(query.to().minus(Duration.ofDays(1)), query.from());
    }

    @Test
    void jsonHasNoSpacesAndListsCarryTheirCursor() {
        String body = console.get("/api/v1/sites").bodyAsString();
        assertTrue(body.startsWith("{\"items\":[{\"site\":\"xx-hongqi-01\",\"name\":{"), body);
        assertTrue(body.endsWith("\"next\":\"after-1\"}"), body);
        assertFalse(console.get("/api/v1/alarms").bodyAsString().contains("next"));
    }

    @Test
    void anActCarriesItsPersonAndComesBackAsTheAlarm() {
        HttpResponse<Buffer> answer = console.post(
                "/api/v1/alarms/" + FakeViews.ALARM + "/shelve",
                "{\"person\":\" 李工 \",\"text\":\"rain\",\"until\":\"2026-03-15T09:00:00+08:00\",\"version\":3}");
        assertEquals(200, answer.statusCode());
        assertEquals(FakeViews.ALARM, answer.bodyAsJsonObject().getString("id"));
        Acts.Act act = last(console.views.acts);
        assertEquals("李工", act.person());
        assertEquals(Optional.of(Instant.parse("2026-03-15T01:00:00Z")), act.until());
        assertEquals(3, act.version().getAsLong());
    }

    @Test
    void whatIsFiledCarriesItsSiteAndTimesAsEpochMilliseconds() {
        String uri = "/api/v1/sites/" + FakeViews.SITE + "/waivers";
        assertEquals(200, console.post(uri, FILING).statusCode());
        Acts.Filing filing = last(console.views.filings);
        assertEquals(Acts.FilingKind.WAIVE, filing.kind());
        assertEquals(FakeViews.SITE, filing.fields().getString("site"));
        assertEquals(Instant.parse("2026-03-15T01:00:00Z").toEpochMilli(), filing.fields().getLong("from"));
        assertProblem(console.post(uri, FILING.replace("maintenance", "whim")), 400);
        console.views.outcome = new Acts.Outcome.NoSuchThing("the site has no device x");
        assertProblem(console.post("/api/v1/sites/" + FakeViews.SITE + "/outages", FILING), 404);
        console.views.outcome = new Acts.Outcome.Wrong("a waiver ends in the future");
        assertProblem(console.post(uri, FILING), 400);
        console.views.outcome = new Acts.Outcome.Done(FakeViews.alarm());
    }

    @Test
    void anActRefusedByTheAlarmIsA409() {
        console.views.outcome = new Acts.Outcome.NotNow("verify needs a returned alarm");
        assertProblem(console.post("/api/v1/alarms/" + FakeViews.ALARM + "/verify", ACT), 409);
        console.views.outcome = new Acts.Outcome.Done(FakeViews.alarm());
        assertProblem(console.post("/api/v1/alarms/none/verify", ACT), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{}", "[]", "{\"person\":\"a\"}", "{\"text\":\"a\"}", "{\"person\":\" \",\"text\":\"a\"}", "{\"person\":7,\"text\":\"a\"}",
        "{\"person\":\"a\",\"text\":\"a\",\"until\":\"later\"}", "{\"person\":\"a\",\"text\":\"a\",\"version\":\"x\"}",
        "{\"person\":\"a\",\"text\":\"a\",\"pictures\":\"x\"}", "{person"
    })
    void anActThatIsNoneIsA400(String body) {
        assertProblem(console.post("/api/v1/alarms/" + FakeViews.ALARM + "/comment", body), 400);
    }

    @Test
    void observationsGoInAsTheyCame() {
        String body = "not json at all \u0000";
        HttpResponse<Buffer> answer = console.post("/api/v1/observations/xx-hongqi-01/dust-1/reading", body);
        assertEquals(202, answer.statusCode(), answer.bodyAsString());
        assertEquals(Buffer.buffer(body), last(console.views.bodies));
    }

    @Test
    void aRefusedObservationTellsItsReason() {
        console.views.receipt = new Intake.Receipt(0, List.of(new Intake.Refusal(0, "not-json", "line 1")));
        HttpResponse<Buffer> refused = console.post("/api/v1/observations/xx-hongqi-01/dust-1/reading", "x");
        assertProblem(refused, 400);
        assertEquals("not-json", refused.bodyAsJsonObject().getString("reason"));
        console.views.receipt = new Intake.Receipt(2, List.of(new Intake.Refusal(1, "out-of-range", "pm10")));
        assertEquals(202, console.post("/api/v1/observations/xx-hongqi-01/dust-1/reading", "[]").statusCode());
        console.views.receipt = new Intake.Receipt(1, List.of());
    }

    @ParameterizedTest
    @CsvSource({"xx-hongqi-01/dust-1,right,202", "xx-hongqi-01/dust-1,wrong,401", "xx-hongqi-01/dust-2,right,403"})
    void aDeviceMayWriteUnderItsOwnPathOnly(String user, String secret, int status) {
        HttpResponse<Buffer> answer =
                await(console.request(HttpMethod.POST, "/api/v1/observations/xx-hongqi-01/dust-1/reading")
                        .basicAuthentication(user, secret)
                        .sendBuffer(Buffer.buffer("{}")));
        assertEquals(status, answer.statusCode());
    }

    @Test
    void aBodyBeyondTheBoundIsA413() {
        Buffer large = Buffer.buffer(new byte[3 << 20]);
        HttpResponse<Buffer> answer =
                await(console.request(HttpMethod.POST, "/api/v1/observations/xx-hongqi-01/dust-1/reading")
                        .bearerTokenAuthentication(RunningConsole.TOKEN)
                        .sendBuffer(large));
        assertProblem(answer, 413);
    }

    @Test
    void aTokenBecomesACookieThatOpensTheApi() {
        HttpResponse<Buffer> answer = await(console.request(HttpMethod.POST, "/api/v1/session")
                .sendJsonObject(new JsonObject().put("token", RunningConsole.TOKEN)));
        String cookie = answer.getHeader("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertEquals(200, withCookie(cookie, HttpMethod.GET, Optional.empty()).statusCode());
        String later = cookie.replaceFirst("\\.(\\d{10})\\.", ".9$1.");
        assertNotEquals(cookie, later);
        for (String forged : List.of(later, cookie.replaceFirst("=", "=bGk"), NAME + "=", NAME + "=....", NAME + "=a.b.c.d.e")) {
            assertEquals(401, withCookie(forged, HttpMethod.GET, Optional.empty()).statusCode(), forged);
        }
    }

    @Test
    void aCookieFromAnotherOriginChangesNothing() {
        String cookie = await(console.request(HttpMethod.POST, "/api/v1/session")
                        .sendJsonObject(new JsonObject().put("token", RunningConsole.TOKEN)))
                .getHeader("Set-Cookie");
        int acts = console.views.acts.size();
        assertEquals(401, withCookie(cookie, HttpMethod.POST, Optional.of("http://evil.example")).statusCode());
        assertEquals(acts, console.views.acts.size());
        String own = "http://127.0.0.1:" + console.server.port();
        assertEquals(200, withCookie(cookie, HttpMethod.POST, Optional.of(own)).statusCode());
    }

    private static HttpResponse<Buffer> withCookie(String cookie, HttpMethod method, Optional<String> origin) {
        String uri = method == HttpMethod.GET ? "/api/v1/session" : "/api/v1/alarms/" + FakeViews.ALARM + "/acknowledge";
        HttpRequest<Buffer> request = console.request(method, uri).putHeader("Cookie", cookie.split(";")[0]);
        origin.ifPresent(value -> request.putHeader("Origin", value));
        return await(method == HttpMethod.GET ? request.send() : request.sendJsonObject(new JsonObject(ACT)));
    }

    @Test
    void aLinkLogsInOnceAndNoMore() {
        String link = console.logins.link(1, Duration.ofMinutes(5));
        JsonObject body = new JsonObject().put("ticket", link.substring(link.indexOf('=') + 1));
        assertEquals(200, await(console.request(HttpMethod.POST, "/api/v1/session").sendJsonObject(body)).statusCode());
        assertEquals(401, await(console.request(HttpMethod.POST, "/api/v1/session").sendJsonObject(body)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html", "/app/main.js,text/javascript", "/style/base.css,text/css", "/icon.svg,image/svg",
        "/openapi.yaml,application/yaml",
        "/webjars/vue/3.5.26/dist/vue.runtime.esm-browser.prod.js,text/javascript",
        "/webjars/echarts/5.5.0/echarts.esm.min.js,text/javascript"
    })
    void thePagesAreServedWithoutALogin(String uri, String type) {
        HttpResponse<Buffer> answer = await(console.request(HttpMethod.GET, uri).send());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.getHeader("Content-Type").startsWith(type), answer.getHeader("Content-Type"));
        assertTrue(answer.getHeader("Content-Security-Policy").contains("script-src 'self' 'sha256-"));
        assertEquals("nosniff", answer.getHeader("X-Content-Type-Options"));
    }

    @Test
    void whatChangesIsNotKeptByAnyCache() {
        assertEquals("no-store", console.get("/api/v1/sites").getHeader("Cache-Control"));
        assertNull(await(console.request(HttpMethod.GET, "/").send()).getHeader("Set-Cookie"));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static void assertProblem(HttpResponse<Buffer> answer, int status) {
        assertEquals(status, answer.statusCode(), answer.bodyAsString());
        assertEquals("application/problem+json", answer.getHeader("Content-Type"));
        assertEquals(status, answer.bodyAsJsonObject().getInteger("status"));
        assertFalse(answer.bodyAsJsonObject().getString("detail").isBlank());
    }
}
