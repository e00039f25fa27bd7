package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.notify.Channel.Answer;
import dustwarden.notify.MailChannel.Tls;
import dustwarden.notify.MailServer.Manner;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailChannelTest {
    @TempDir
    Path directory;

    private static Answer send(MailServer server, Tls tls, Optional<String> password, Optional<SSLSocketFactory> trust) {
        return new MailChannel(new MailChannel.Settings("localhost", server.port(), tls, password.map(p -> MailServer.USER), password,
                "dust@example.org", List.of("a@example.org", "b@example.org"), "zh", trust), InstantSource.system())
                .send(Parcels.one()).answer();
    }

    private static MimeMessage parsed(String text) throws Exception {
        return new MimeMessage(null, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aMailSaysTheNoticeAndKeepsItsId() throws Exception {
        try (MailServer server = new MailServer(Manner.PLAIN, directory)) {
            assertInstanceOf(Answer.Taken.class, send(server, Tls.AUTO, Optional.empty(), Optional.empty()));
            MimeMessage mail = parsed(server.messages.get(0));
            assertEquals("【告警·紧急】一号工地 · 出入车辆冲洗", mail.getSubject());
            assertEquals("<0011223344556677@dustwarden>", mail.getMessageID());
            assertTrue(String.valueOf(mail.getContent()).contains("点此确认: https://dust.example/a/abc"));
            assertEquals(2, mail.getAllRecipients().length);
        }
    }

    @Test
    void aLoginGoesThroughStartTlsOnly() throws Exception {
        try (MailServer server = new MailServer(new Manner(true, false, true, 250), directory)) {
            Answer answer = send(server, Tls.STARTTLS, Optional.of(MailServer.PASSWORD), Optional.of(server.trusting()));
            assertInstanceOf(Answer.Taken.class, answer, answer.text());
            assertTrue(server.commands.contains("TLS AUTH") && !server.commands.contains("AUTH"), server.commands.toString());
        }
    }

    @Test
    void implicitTlsIsSpokenFromTheFirstByte() throws Exception {
        try (MailServer server = new MailServer(new Manner(false, true, true, 250), directory)) {
            Answer answer = send(server, Tls.IMPLICIT, Optional.of(MailServer.PASSWORD), Optional.of(server.trusting()));
            assertInstanceOf(Answer.Taken.class, answer, answer.text());
        }
    }

    @Test
    void aServerWithoutTheTlsThatIsAskedForGetsNoPassword() throws Exception {
        try (MailServer server = new MailServer(new Manner(false, false, true, 250), directory)) {
            Answer answer = send(server, Tls.STARTTLS, Optional.of(MailServer.PASSWORD), Optional.empty());
            assertInstanceOf(Answer.Dead.class, answer, answer.text());
            assertFalse(server.commands.contains("AUTH"), server.commands.toString());
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        try (MailServer server = new MailServer(new Manner(true, false, true, 250), directory)) {
            Answer answer = send(server, Tls.STARTTLS, Optional.of(MailServer.PASSWORD), Optional.empty());
            assertInstanceOf(Answer.Dead.class, answer, answer.text());
            assertFalse(server.commands.contains("TLS AUTH"));
        }
    }

    @Test
    void aWrongPasswordIsDeadAndNotShown() throws Exception {
        try (MailServer server = new MailServer(new Manner(true, false, true, 250), directory)) {
            Answer answer = send(server, Tls.STARTTLS, Optional.of("wrong-password-1"), Optional.of(server.trusting()));
            assertInstanceOf(Answer.Dead.class, answer, answer.text());
            assertFalse(answer.text().contains("wrong-password-1"));
        }
    }

    @Test
    void fourHundredMayPassAndFiveHundredWillNot() throws Exception {
        try (MailServer busy = new MailServer(new Manner(false, false, false, 451), directory)) {
            assertInstanceOf(Answer.NotNow.class, send(busy, Tls.NONE, Optional.empty(), Optional.empty()));
        }
        try (MailServer full = new MailServer(new Manner(false, false, false, 552), directory)) {
            assertInstanceOf(Answer.Never.class, send(full, Tls.NONE, Optional.empty(), Optional.empty()));
        }
        MailServer gone = new MailServer(Manner.PLAIN, directory);
        gone.close();
        assertInstanceOf(Answer.NotNow.class, send(gone, Tls.NONE, Optional.empty(), Optional.empty()));
    }
}
