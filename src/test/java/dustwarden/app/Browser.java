package dustwarden.app;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium as a person uses it. */
final class Browser implements AutoCloseable {
    static final File CHROMIUM = new File("/usr/bin/chromium");
    static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration MOST = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    Browser() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.SEVERE);
        ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM);
        options.addArguments(
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=zh-CN",
                "--disable-background-networking", "--disable-component-update", "--disable-sync");
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build(), options);
        size(1280, 900);
    }

    static boolean isThere() {
        return CHROMIUM.canExecute() && DRIVER.canExecute();
    }

    void open(String address) {
        driver.get(address);
    }

    void reload() {
        driver.navigate().refresh();
    }

    void go(String hash) {
        driver.executeScript("location.hash = arguments[0]", hash);
    }

    Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The first element that is shown, waited for. */
    WebElement find(String css) {
        return new WebDriverWait(driver, MOST).withMessage(css).until(page -> page.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    /** Waits for an element that holds the text. */
    void read(String claim, String css, String text) {
        new WebDriverWait(driver, MOST)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .withMessage(() -> claim + " in " + all(css).stream().map(WebElement::getText).toList())
                .until(page -> page.findElements(By.cssSelector(css)).stream().anyMatch(e -> e.getText().contains(text)));
    }

    /** What the page complained of, its own 401 before the login left out. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("/api/v1/session"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
