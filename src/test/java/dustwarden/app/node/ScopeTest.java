package dustwarden.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.console.Account;
import dustwarden.console.AccountFile;
import dustwarden.console.Role;
import dustwarden.console.Scope;
import dustwarden.series.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the contract, asked by every role: nobody is told anything of a site outside his scope. */
class ScopeTest {
    private static final String PASSWORD = "a long enough password";
    private static final String HONGQI = "xx-hongqi-01";
    private static final String JINSHUI = "zz-jinshui-02";
    private static final String CHANGAN = "sjz-changan-01";
    private static final Map<String, String> GATES =
            Map.of(HONGQI, "wash-a", JINSHUI, "wash-a", CHANGAN, "wash-a");
    private static final String ACT = "{\"text\":\"seen\"}";
    private static final Instant LATER = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    /** The token in the path is the login of these; they know one alarm each. */
    private static final Set<String> FOR_ANYBODY = Set.of("openSession", "closeSession", "showNoticeLink", "useNoticeLink");
    /** What these list need not be there of every site. */
    private static final Set<String> SPARSE = Set.of("listFilings", "listCommands");

    private record Who(Account account, Set<String> sees) {}

    private static final List<Who> ALL = List.of(
            who("acme", Role.CONTRACTOR, company("acme-build"), HONGQI),
            who("star", Role.CONTRACTOR, company("north-star"), JINSHUI),
            who("board", Role.OWNER, company("school-board"), JINSHUI),
            who("fair", Role.SUPERVISION, company("fair-eye"), HONGQI, JINSHUI),
            who("not-the-owner", Role.OWNER, company("fair-eye")),
            who("city", Role.REGULATOR, region("410000/410700"), HONGQI),
            who("henan", Role.REGULATOR, region("410000"), HONGQI, JINSHUI),
            who("no-node", Role.REGULATOR, region("41")),
            who("named", Role.SUPERVISOR, new Scope(Set.of(CHANGAN), Optional.empty(), Optional.empty()), CHANGAN),
            who("root", Role.ADMINISTRATOR, Scope.NOTHING, HONGQI, JINSHUI, CHANGAN));

    @TempDir
    private static Path data;

    private static RunningNode node;
    private static final Map<String, String> ALARMS = new HashMap<>();

    private static Scope company(String id) {
        return new Scope(Set.of(), Optional.of(id), Optional.empty());
    }

    private static Scope region(String path) {
        return new Scope(Set.of(), Optional.empty(), Optional.of(path));
    }

    private static Who who(String name, Role role, Scope scope, String... sees) {
        return new Who(new Account(name, Optional.empty(), role, scope, Optional.empty()), Set.of(sees));
    }

    @BeforeAll
    static void anAlarmOnEverySite() throws Exception {
        new AccountFile(data).change(accounts -> ALL.forEach(who ->
                accounts.put(who.account().name(), AccountFile.withPassword(who.account(), PASSWORD))));
        node = new RunningNode(data);
        for (String site : GATES.keySet()) {
            String passage = "{\"ts\":" + System.currentTimeMillis() + ",\"id\":\"p1\",\"direction\":\"out\",\"bypass\":true,"
                    + "\"loaded\":true,\"cargo\":\"spoil\",\"covered\":false}";
            HttpResponse<String> sent = node.asAdministrator(
                    "POST", "/api/v1/observations/" + site + "/" + GATES.get(site) + "/passage", passage);
            assertEquals(202, sent.statusCode(), sent.body());
        }
        long end = System.nanoTime() + 30_000_000_000L;
        while (ALARMS.size() < GATES.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
            Json.parse(node.asAdministrator("GET", "/api/v1/alarms?item=washing", "").body())
                    .get("items")
                    .forEach(alarm -> ALARMS.put(alarm.get("site").asText(), alarm.get("id").asText()));
        }
        assertEquals(GATES.keySet(), ALARMS.keySet());
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    private record Operation(String method, String path, JsonNode said) {
        String id() {
            return said.get("operationId").asText();
        }

        String access() {
            return said.path("x-access").asText("none");
        }

        String of(String site) {
            return path.replace("{site}", site)
                            .replace("{id}", ALARMS.getOrDefault(site, "0000000000000000"))
                            .replace("{device}", GATES.getOrDefault(site, "none"))
                            .replace("{stream}", "status")
                    + (id().equals("getSeries") ? "?quantity=pm10" : "");
        }

        /** A body that is right in its form, so that only the scope can be in the way. */
        String body() {
            if (!method.equals("POST")) {
                return "";
            }
            return switch (id()) {
                case "postObservations" -> "{\"state\":\"online\"}";
                case "shelveAlarm" -> "{\"text\":\"seen\",\"until\":\"" + LATER + "\"}";
                case "fileOutage" -> "{\"device\":\"cam-1\",\"from\":\"" + LATER + "\",\"to\":\"" + LATER.plusSeconds(60) + "\"}";
                case "declareWorkFace" -> "{\"unit\":\"soil-01\",\"to\":\"" + LATER + "\"}";
                case "askWaiver" -> "{\"reason\":\"maintenance\",\"rule\":\"none\",\"to\":\"" + LATER + "\",\"text\":\"seen\"}";
                case "overrideSpray" -> "{\"mode\":\"auto\",\"person\":\"Li\",\"text\":\"seen\"}";
                default -> ACT;
            };
        }
    }

    private static List<Operation> operations() throws Exception {
        JsonNode contract = new YAMLMapper().readTree(ScopeTest.class.getResource("/openapi.yaml"));
        List<Operation> all = new ArrayList<>();
        contract.get("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(
                method -> all.add(new Operation(method.getKey().toUpperCase(), path.getKey(), method.getValue()))));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsToTheScope() throws Exception {
        List<Operation> operations = operations();
        return ALL.stream().flatMap(who -> operations.stream().map(operation -> DynamicTest.dynamicTest(
                who.account().name() + " asks " + operation.id(), () -> keepsToTheScope(who, operation))));
    }

    private static final Map<String, String> COOKIES = new HashMap<>();

    private static String cookie(Who who) throws Exception {
        String name = who.account().name();
        if (!COOKIES.containsKey(name)) {
            COOKIES.put(name, node.cookie(name, PASSWORD));
        }
        return COOKIES.get(name);
    }

    private void keepsToTheScope(Who who, Operation operation) throws Exception {
        switch (operation.access()) {
            case "anybody" -> assertTrue(FOR_ANYBODY.contains(operation.id()), operation.id());
            case "login" -> assertEquals(200, ask(who, operation, HONGQI).statusCode());
            case "sight" -> {
                if (!operation.id().equals("live")) { // never ends; asked below
                    onlyTheirs(who, operation, ask(who, operation, HONGQI));
                }
            }
            case "site", "alarm" -> foundOnlyInScope(who, operation);
            case "device" -> {
                for (String site : GATES.keySet()) {
                    int wanted = who.account().role() == Role.ADMINISTRATOR ? 202 : who.sees().contains(site) ? 403 : 404;
                    assertEquals(wanted, ask(who, operation, site).statusCode(), site);
                }
            }
            default -> throw new AssertionError(
                    operation.id() + ": nobody has decided who may ask it; write x-access into openapi.yaml");
        }
    }

    private static HttpResponse<String> ask(Who who, Operation operation, String site) throws Exception {
        return node.as(cookie(who), operation.method(), operation.of(site), operation.body());
    }

    private static void onlyTheirs(Who who, Operation operation, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        if (!operation.id().equals("getAlarmFigures")) { // one object of figures, by the sites that it names
            Set<String> told = new HashSet<>();
            Json.parse(answer.body()).get("items").forEach(item -> told.add(item.get("site").asText()));
            assertTrue(who.sees().containsAll(told), answer.body());
            assertTrue(SPARSE.contains(operation.id()) || told.equals(who.sees()), answer.body());
        }
        silentAbout(who, answer.body());
    }

    private static void silentAbout(Who who, String text) {
        for (String site : GATES.keySet()) {
            if (!who.sees().contains(site)) {
                assertFalse(text.contains(site), text);
                assertFalse(text.contains(ALARMS.get(site)), text);
            }
        }
    }

    private static void foundOnlyInScope(Who who, Operation operation) throws Exception {
        HttpResponse<String> none = ask(who, operation, "no-such-site");
        assertEquals(404, none.statusCode(), none.body());
        for (String site : GATES.keySet()) {
            HttpResponse<String> answer = ask(who, operation, site);
            if (who.sees().contains(site)) {
                // A waiver or verdict of the id asked for need not be there, nor a spray of the device's name.
                boolean other = answer.statusCode() == 404 && !answer.body().equals(none.body()) && operation.access().equals("site");
                assertTrue(other || Set.of(200, 202, 403, 409).contains(answer.statusCode()), answer.body());
                assertTrue(!operation.method().equals("GET") || answer.statusCode() == 200, answer.body());
            } else if (answer.statusCode() != 403 || !operation.access().equals("alarm")) {
                String name = operation.access().equals("site") ? site : ALARMS.get(site);
                String missing = operation.access().equals("site") ? "no-such-site" : "0000000000000000";
                assertEquals(none.body(), answer.body().replace(name, missing), "as if it did not exist");
            }
            silentAbout(who, answer.body().replace(site, "").replace(ALARMS.get(site), ""));
        }
    }

    @Test
    void nothingIsToldWithoutALogin() throws Exception {
        for (Operation operation : operations()) {
            if (!operation.access().equals("anybody")) {
                HttpResponse<String> answer = node.as("", operation.method(), operation.of(HONGQI), operation.body());
                assertEquals(401, answer.statusCode(), operation.id());
                silentAbout(new Who(ALL.get(0).account(), Set.of()), answer.body());
            }
        }
    }

    @Test
    void theLiveStreamTellsOnlyOfSitesInScope() throws Exception {
        Who star = ALL.get(1);
        HttpResponse<Stream<String>> live =
                RunningNode.stream(node.request("/api/v1/live").header("Cookie", cookie(star)));
        List<String> heard = new ArrayList<>();
        try (Stream<String> lines = live.body()) {
            for (String site : List.of(HONGQI, CHANGAN, JINSHUI)) {
                node.asAdministrator("POST", "/api/v1/observations/" + site + "/dust-1/reading",
                        "{\"ts\":" + System.currentTimeMillis() + ",\"values\":{\"pm10\":77}}");
            }
            assertTrue(lines.peek(heard::add).limit(2_000).anyMatch(line -> line.contains("\"pm10\":77")), heard.toString());
        }
        silentAbout(star, String.join("\n", heard));
        assertTrue(String.join("\n", heard).contains(JINSHUI));
    }

    @Test
    void aPasswordChangeEndsTheSessionAndARemovalTheAccount() throws Exception {
        AccountFile file = new AccountFile(data);
        Account passing = new Account("passing", Optional.of("过客"), Role.CONTRACTOR, company("acme-build"), Optional.empty());
        file.change(accounts -> accounts.put("passing", AccountFile.withPassword(passing, PASSWORD)));
        awaitStatus(200, () -> node.login("passing", PASSWORD).statusCode());
        String cookie = node.cookie("passing", PASSWORD);
        assertEquals(200, node.as(cookie, "GET", "/api/v1/sites", "").statusCode());
        file.change(accounts -> accounts.put("passing", AccountFile.withPassword(passing, PASSWORD + "2")));
        awaitStatus(401, () -> node.as(cookie, "GET", "/api/v1/sites", "").statusCode());
        String fresh = node.cookie("passing", PASSWORD + "2");
        file.change(accounts -> accounts.remove("passing"));
        awaitStatus(401, () -> node.as(fresh, "GET", "/api/v1/sites", "").statusCode());
    }

    @Test
    void aSessionThatWasLoggedOutOpensNothing() throws Exception {
        String cookie = node.cookie("acme", PASSWORD);
        assertEquals(204, node.as(cookie, "DELETE", "/api/v1/session", "").statusCode());
        assertEquals(401, node.as(cookie, "GET", "/api/v1/sites", "").statusCode());
    }

    @Test
    void whoFailsOftenHasToWaitAlsoWithTheRightPassword() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertEquals(401, node.login("no-node", "wrong password " + i).statusCode());
        }
        HttpResponse<String> waits = node.login("no-node", PASSWORD);
        assertEquals(429, waits.statusCode(), waits.body());
        assertTrue(waits.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
        assertEquals(200, node.login("city", PASSWORD).statusCode(), "another account is not held up");
    }

    @Test
    void whoMendedDoesNotVerifyAndTheJournalNamesTheAccount() throws Exception {
        JsonNode open = Json.parse(
                node.asAdministrator("GET", "/api/v1/alarms?item=sealed-transport&site=" + JINSHUI, "").body());
        String alarm = "/api/v1/alarms/" + open.get("items").get(0).get("id").asText();
        HttpResponse<String> before = node.as(cookie(ALL.get(1)), "GET", alarm, "");
        String tag = before.headers().firstValue("ETag").orElseThrow();
        assertEquals(403, node.as(cookie(ALL.get(1)), "POST", alarm + "/verify", ACT).statusCode());
        HttpResponse<String> mended = node.as(cookie(ALL.get(9)), "POST", alarm + "/rectify", "{\"person\":\"Li\",\"text\":\"mended\"}");
        assertEquals(200, mended.statusCode(), mended.body());
        HttpResponse<String> own = verifyWhenSeen(alarm);
        assertEquals(409, own.statusCode(), own.body());
        assertTrue(own.body().contains("somebody else"), own.body());
        HttpResponse<String> late = RunningNode.send(node.request(alarm + "/comment")
                .header("Cookie", cookie(ALL.get(1))).header("Content-Type", "application/json").header("If-Match", tag)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(ACT)));
        assertEquals(412, late.statusCode(), late.body());
        String history = node.as(cookie(ALL.get(1)), "GET", alarm, "").body();
        assertTrue(history.contains("\"person\":\"root\""), history);
        assertFalse(history.contains("\"person\":\"Li\""), history);
    }

    private static HttpResponse<String> verifyWhenSeen(String alarm) throws Exception {
        awaitStatus(1, () -> node.as(cookie(ALL.get(9)), "GET", alarm, "").body().contains("\"rectified\"") ? 1 : 0);
        return node.as(cookie(ALL.get(9)), "POST", alarm + "/verify", ACT);
    }

    private interface Asked {
        int status() throws Exception;
    }

    private static void awaitStatus(int wanted, Asked asked) throws Exception {
        int status = asked.status();
        for (int i = 0; i < 100 && status != wanted; i++) {
            LockSupport.parkNanos(100_000_000);
            status = asked.status();
        }
        assertEquals(wanted, status);
    }
}
