package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in a real Chromium, served over fakes. */
class ConsoleIT {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static RunningConsole console;
    private static ChromeDriver browser;

    @BeforeAll
    static void open() {
        boolean there = CHROMIUM.canExecute() && DRIVER.canExecute();
        if (!there) {
            System.out.println("SKIPPED ConsoleIT: needs " + CHROMIUM + " and " + DRIVER);
        }
        assumeTrue(there, "no Chromium with its driver");
        console = RunningConsole.start();
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.SEVERE);
        ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM);
        options.addArguments(
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=zh-CN",
                "--disable-background-networking", "--disable-component-update", "--disable-sync");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
        browser = new ChromeDriver(service, options);
        String link = "http://127.0.0.1:" + console.server.port() + console.logins.link(1, Duration.ofMinutes(5));
        browser.get(link);
        find(".card");
        browser.executeScript("localStorage.setItem('language', 'zh')");
        browser.navigate().refresh();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
            console.close();
        }
    }

    private static WebElement find(String css) {
        return new WebDriverWait(browser, Duration.ofSeconds(20))
                .until(page -> page.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    private static void waitFor(String claim, String css, String text) {
        new WebDriverWait(browser, Duration.ofSeconds(20))
                .withMessage(claim)
                .until(page -> page.findElements(By.cssSelector(css)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    private static void go(String hash) {
        browser.executeScript("location.hash = arguments[0]", hash);
    }

    @Test
    void showsSitesWithNineMarksAndUnknownIsNeverGreen() {
        go("#/");
        find(".card.VIOLATION");
        assertEquals(9, browser.findElements(By.cssSelector(".card .mark")).size());
        String unknown = find(".mark.UNKNOWN").getCssValue("background-image");
        assertTrue(unknown.contains("repeating-linear-gradient"), unknown);
    }

    @Test
    void tellsWhyAnItemIsNotGreenInBothLanguages() {
        go("#/sites/" + FakeViews.SITE);
        waitFor("the reason in Chinese", ".tile.VIOLATION .reasons", "车辆 豫G12345绕过洗车台出场");
        browser.findElement(By.cssSelector(".tools button[lang=en]")).click();
        waitFor("the reason in English", ".tile.VIOLATION .reasons", "Truck 豫G12345 went round the wash");
        browser.findElement(By.cssSelector(".tools button[lang=zh]")).click();
        waitFor("the passage", ".rows tbody", "豫G12345");
    }

    @Test
    void followsTheLiveStreamWithoutReloading() {
        go("#/sites/" + FakeViews.SITE);
        find(".tile.COMPLIANT");
        browser.executeScript("window.notReloaded = true");
        JsonObject item = new JsonObject()
                .put("site", FakeViews.SITE)
                .put("at", "2026-03-14T09:01:00+08:00")
                .put("item", "hardening")
                .put("state", "VIOLATION")
                .put("low", 0.25)
                .put("high", 0.25)
                .put("reasons", new JsonArray());
        console.live.publish(LiveEvent.verdict(FakeViews.SITE, item.encode()));
        waitFor("the tile follows", ".tile.VIOLATION", "25");
        assertEquals(true, browser.executeScript("return window.notReloaded"));
    }

    @Test
    void acknowledgesAnAlarmWithTheNameAskedOnce() {
        go("#/sites/" + FakeViews.SITE);
        browser.executeScript("localStorage.removeItem('person')");
        browser.navigate().refresh();
        find(".alarm button.main").click();
        find("#act input").sendKeys("李工");
        find("#act button.main").click();
        new WebDriverWait(browser, Duration.ofSeconds(20)).until(page -> !console.views.acts.isEmpty());
        assertEquals("李工", console.views.acts.get(0).person());
        assertEquals("李工", browser.executeScript("return localStorage.getItem('person')"));
    }

    @Test
    void fitsAPhone() {
        browser.manage().window().setSize(new Dimension(360, 760));
        for (String hash : List.of("#/", "#/sites/" + FakeViews.SITE, "#/alarms")) {
            go(hash);
            find("main h1");
            Long over = (Long) browser.executeScript(
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertEquals(0L, over, hash);
        }
        browser.manage().window().setSize(new Dimension(1280, 900));
    }

    @Test
    void breaksNoRuleOfItsOwnContentPolicy() {
        go("#/sites/" + FakeViews.SITE);
        find(".chart canvas");
        List<String> complaints = browser.manage().logs().get("browser").getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("/api/v1/session"))
                .toList();
        assertEquals(List.of(), complaints);
    }
}
