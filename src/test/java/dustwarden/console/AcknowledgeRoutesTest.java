package dustwarden.console;

import static dustwarden.console.RunningConsole.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page behind a notice's link, as a phone without a login sees it. */
class AcknowledgeRoutesTest {
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = RunningConsole.start();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static HttpResponse<Buffer> ask(HttpMethod method, String token, String language) {
        return await(console.request(method, "/a/" + token).putHeader("Accept-Language", language).send());
    }

    @Test
    void lookingChangesNothingAndOneTapActsOnce() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<Buffer> shown = ask(HttpMethod.GET, "good", "zh-CN,zh;q=0.9,en;q=0.5");
            assertEquals(200, shown.statusCode());
            String page = shown.bodyAsString();
            assertTrue(shown.getHeader("Content-Type").startsWith("text/html"));
            assertEquals("no-store", shown.getHeader("Cache-Control"));
            assertTrue(page.indexOf("以“李&lt;工&gt;”的名义确认") < page.indexOf("Acknowledge as"), page);
            assertTrue(page.contains("<form method=\"post\">"), page);
            assertFalse(page.contains("<b>") || page.contains("<script"), "what devices wrote is text");
        }
        HttpResponse<Buffer> done = ask(HttpMethod.POST, "good", "en");
        assertEquals(200, done.statusCode());
        assertTrue(done.bodyAsString().contains("<h1>Acknowledged</h1>") && done.bodyAsString().contains("<h1>已确认</h1>"));
        assertEquals(410, ask(HttpMethod.POST, "good", "en").statusCode());
        assertTrue(ask(HttpMethod.GET, "good", "en").bodyAsString().contains("链接已使用"));
    }

    @Test
    void theLinkOfAMergedMessageShowsEachAlarmWithAButtonOfItsOwnAndOneForAll() {
        HttpResponse<Buffer> shown = ask(HttpMethod.GET, "many", "en");
        assertEquals(200, shown.statusCode());
        String page = shown.bodyAsString();
        assertTrue(page.contains("<form method=\"post\" action=\"/a/token-1\">") && page.contains("action=\"/a/token-2\""), page);
        assertFalse(page.contains("token-3"), "what was acknowledged has no button");
        assertTrue(page.contains("Acknowledge all 2 as 李&lt;工&gt;") && page.contains("一&lt;号&gt;"), page);
        assertTrue(page.contains("<h2>Three</h2><ul><li>fence</li></ul><p>Acknowledged by its link.</p>"), page);
    }

    @Test
    void whatIsExpiredForgedOrOverSaysSo() {
        assertEquals(410, ask(HttpMethod.GET, "expired", "zh").statusCode());
        assertTrue(ask(HttpMethod.GET, "expired", "zh").bodyAsString().contains("链接已过期"));
        assertEquals(404, ask(HttpMethod.GET, "nonsense", "zh").statusCode());
        assertTrue(ask(HttpMethod.POST, "nonsense", "zh").bodyAsString().contains("链接无效"));
        assertTrue(ask(HttpMethod.POST, "over", "zh").bodyAsString().contains("无需再确认"));
    }
}
