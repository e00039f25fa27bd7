package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The pages of the packaged demo in a real Chromium, from its start on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final String TOKEN = "admin-token-of-the-console-it";
    private static final String SITE = "xx-hongqi-01";
    private static final Duration MOST = Duration.ofSeconds(90);
    /** From the first line typed to the first violation on the page, on a machine that has a core to spare. */
    private static final Duration FIRST_VIOLATION = Duration.ofSeconds(15);
    private static PackagedJar demo;
    private static Browser browser;
    private static Api api;
    private static Path data;
    private static long began;

    @BeforeAll
    static void open(@TempDir Path temp) throws Exception {
        if (!Browser.isThere()) {
            System.out.println("SKIPPED ConsoleIT: needs " + Browser.CHROMIUM + " and " + Browser.DRIVER);
        }
        assumeTrue(Browser.isThere(), "no Chromium with its driver");
        browser = new Browser();
        data = Files.createDirectories(temp.resolve("data"));
        began = System.nanoTime();
        demo = PackagedJar.onFreePorts(temp, "demo", "--speed", "1200", "--set", "data=" + data,
                "--set", "mqtt.port=0", "--set", "auth.token=" + TOKEN);
        browser.open(demo.word("打开控制台 / open the console: ", MOST));
        api = demo.api(TOKEN);
    }

    @AfterAll
    static void close() {
        try (PackagedJar ended = demo; Browser shut = browser) {
            assertTrue(ended == null || !ended.said().contains("\tat "), String.valueOf(ended));
        }
    }

    @Test
    @Order(1)
    void theFirstViolationIsOnThePageSoonAfterTheStart() {
        browser.find(".mark.VIOLATION");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() / Runtime.getRuntime().availableProcessors();
        System.out.printf("ConsoleIT: first violation on the page after %.1f s, %.1f processes a core%n", took.toMillis() / 1e3, load);
        assertTrue(took.toMillis() < FIRST_VIOLATION.toMillis() * Math.max(1, load), took + " at a load of " + load + " a core" + demo);
        assertEquals(27, browser.all(".card .mark").size(), "three sites with nine items each");
        assertFalse(browser.all(".playing progress").isEmpty(), "how far the past is played is shown");
    }

    @Test
    @Order(2)
    void thePageFollowsWithoutReloading() {
        browser.script("localStorage.setItem('language', 'zh')");
        browser.reload();
        browser.go("#/sites/" + SITE);
        browser.find(".tile.VIOLATION .reasons");
        browser.script("window.notReloaded = true");
        String clock = browser.find(".playing small").getText();
        int passages = browser.all(".rows tbody tr").size();
        Await.until("the played clock moves on", MOST, () ->
                browser.all(".playing small").isEmpty() || !browser.find(".playing small").getText().equals(clock));
        Await.until("tiles and tables follow", MOST, () -> browser.all(".rows tbody tr").size() != passages);
        assertEquals(true, browser.script("return window.notReloaded"));
    }

    @Test
    @Order(3)
    void whyAnItemIsNotGreenIsSaidInBothLanguages() {
        browser.go("#/sites/" + SITE);
        browser.read("what to do in Chinese", ".tile.VIOLATION .reasons", "怎么办");
        browser.find(".tools button[lang=en]").click();
        browser.read("what to do in English", ".tile.VIOLATION .reasons", "What to do");
        browser.find(".tools button[lang=zh]").click();
        browser.read("Chinese again", ".tile .long-name", "围挡");
    }

    @Test
    @Order(4)
    void unknownIsNeverGreen() {
        browser.go("#/");
        browser.find(".card");
        List<WebElement> unknown = browser.all(".mark.UNKNOWN");
        for (WebElement mark : unknown) {
            assertTrue(mark.getCssValue("background-image").contains("repeating-linear-gradient"), mark.getText());
        }
        String good = String.valueOf(browser.script("return getComputedStyle(document.documentElement).getPropertyValue('--good')"));
        String none = String.valueOf(browser.script("return getComputedStyle(document.documentElement).getPropertyValue('--none')"));
        assertFalse(good.equals(none));
    }

    @Test
    @Order(5)
    void anAlarmIsAcknowledgedAndFollowedOnItsPage() {
        JsonNode raised = Await.found("an alarm waits", MOST, () ->
                api.all("/api/v1/alarms?state=raised", "items").stream().findFirst());
        String id = raised.get("id").asText();
        browser.script("localStorage.removeItem('person')");
        browser.go("#/alarms/" + id);
        browser.find(".alarm button.main").click();
        browser.find("#act input").sendKeys("李工");
        browser.find("#act button.main").click();
        browser.read("the history tells it", ".steps", "李工");
        assertEquals("李工", api.json("/api/v1/alarms/" + id).get("acknowledgedBy").asText());
        browser.read("the notices with their fates", ".rows tbody", "已发送");
        assertFalse(browser.all("a[href$='/evidence']").isEmpty());
        api.post("/api/v1/alarms/" + id + "/comment", "{\"person\":\"Wu\",\"text\":\"meanwhile\"}");
        browser.read("what another did is seen live", ".steps", "meanwhile");
    }

    @Test
    @Order(6)
    void rankingAndRulebooksAreThereWithWhatIsNotConfirmed() {
        browser.go("#/ranking");
        browser.find(".ranking tbody tr");
        assertEquals(3, browser.all(".ranking tbody tr").size());
        browser.go("#/rulebooks?id=henan-seven");
        browser.read("what no document says is marked so", ".book .confidence.unconfirmed", "未证实");
    }

    @Test
    @Order(7)
    void everyPageFitsAPhoneInBothLanguages() {
        String alarm = api.json("/api/v1/alarms").get("items").get(0).get("id").asText();
        browser.size(390, 844);
        for (String language : List.of("zh", "en")) {
            browser.script("localStorage.setItem('language', arguments[0])", language);
            browser.reload();
            for (String hash : List.of("#/", "#/sites/" + SITE, "#/alarms", "#/alarms/" + alarm, "#/ranking", "#/rulebooks")) {
                browser.go(hash);
                browser.find("main h1");
                Object over = browser.script(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
                assertEquals(0L, over, hash + " " + language);
            }
        }
        browser.size(1280, 900);
    }

    @Test
    @Order(8)
    void thePageBreaksNoRuleOfItsOwnContentPolicy() {
        browser.go("#/sites/" + SITE);
        browser.find(".chart canvas");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    @Order(9)
    void aContractorLogsInAndSeesItsSiteOnly() {
        try (PackagedJar added = PackagedJar.run(data, "account", "add", "acme", "--role", "contractor", "--company", "acme-build",
                "--person", "王经理", "--data", data.toString())) {
            assertEquals(0, added.exit(MOST), added.toString());
            String password = Await.found("the password", MOST, () -> added.out.stream().findFirst());
            browser.script("localStorage.setItem('language', 'zh')");
            browser.reload();
            browser.find(".tools button.logout").click();
            Await.until("the account counts", MOST, () ->
                    api.post("/api/v1/session", "{\"account\":\"acme\",\"password\":\"" + password + "\"}").statusCode() == 200);
            browser.find("input[name=account]").sendKeys("acme");
            browser.find("input[name=password]").sendKeys(password);
            browser.find(".login button.main").click();
            browser.read("who is logged in", ".who", "王经理");
            browser.go("#/");
            browser.read("its site", ".cards", SITE);
            assertEquals(1, browser.all(".card").size());
        }
    }
}
