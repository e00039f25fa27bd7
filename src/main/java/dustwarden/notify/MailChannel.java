package dustwarden.notify;

import dustwarden.core.model.CanonicalJson;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Mail over SMTP. A password never travels in the clear to another machine: with a login TLS must be there.
 */
public final class MailChannel implements Channel {
    private static final int BYTES_MAX = 100_000;
    private static final int IMPLICIT_PORT = 465;

    /** When TLS is used. */
    public enum Tls {
        /** Implicit at port 465; else where the server offers it, and always with a login, loopback aside. */
        AUTO,
        STARTTLS,
        IMPLICIT,
        NONE;

        public static Tls ofWire(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** @param trust makes sockets that trust the server's own authority; empty: what Java trusts */
    public record Settings(
            String host,
            int port,
            Tls tls,
            Optional<String> username,
            Optional<String> password,
            String from,
            List<String> to,
            String language,
            Optional<SSLSocketFactory> trust) {
        public Settings {
            to = List.copyOf(to);
        }

        @Override
        public String toString() {
            return "mail by " + host + ":" + port;
        }
    }

    private final Settings settings;
    private final InstantSource clock;
    private final Redaction redaction;
    private final Session session;

    public MailChannel(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.redaction = new Redaction(Optional.empty(), settings.password());
        this.session = session(settings);
    }

    private static Session session(Settings settings) {
        boolean implicit = settings.tls() == Tls.IMPLICIT || settings.tls() == Tls.AUTO && settings.port() == IMPLICIT_PORT;
        boolean login = settings.username().isPresent();
        boolean must = settings.tls() == Tls.STARTTLS
                || settings.tls() == Tls.AUTO && login && !isLoopback(settings.host());
        Properties properties = new Properties();
        String name = implicit ? "smtps" : "smtp";
        properties.put("mail.transport.protocol.rfc822", name);
        String prefix = "mail." + name + ".";
        properties.put(prefix + "host", settings.host());
        properties.put(prefix + "port", String.valueOf(settings.port()));
        properties.put(prefix + "auth", String.valueOf(login));
        properties.put(prefix + "starttls.enable", String.valueOf(settings.tls() != Tls.NONE && !implicit));
        properties.put(prefix + "starttls.required", String.valueOf(must && !implicit));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        String timeout = String.valueOf(HttpPost.TIMEOUT.toMillis());
        properties.put(prefix + "connectiontimeout", timeout);
        properties.put(prefix + "timeout", timeout);
        properties.put(prefix + "writetimeout", timeout);
        settings.trust().ifPresent(t -> properties.put(prefix + "ssl.socketFactory", t));
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.username().orElse(""), settings.password().orElse(""));
            }
        });
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public Reply send(Parcel parcel) {
        Told told = parcel.told(settings.language());
        String text = told.plain(BYTES_MAX);
        String hash = CanonicalJson.sha256(text);
        try {
            MimeMessage message = new Numbered(session, parcel.id());
            message.setFrom(new InternetAddress(settings.from()));
            for (String to : settings.to()) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
            }
            message.setSubject(told.title().replaceAll("\\p{Cntrl}+", " "), StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("Auto-Submitted", "auto-generated");
            if (parcel.repeat()) {
                message.setHeader("X-Dustwarden-Repeat", "true");
            }
            Transport.send(message);
            return new Reply(new Answer.Taken("accepted by " + settings.host()), hash);
        } catch (MessagingException e) {
            return new Reply(answer(e), hash);
        }
    }

    private Answer answer(MessagingException trouble) {
        String text = redaction.of(String.valueOf(innermost(trouble).getMessage()));
        for (Exception each = trouble; each != null; each = next(each)) {
            if (each instanceof AuthenticationFailedException || each instanceof SSLException) {
                return new Answer.Dead(text);
            }
            int code = each instanceof SMTPSendFailedException s ? s.getReturnCode()
                    : each instanceof SMTPAddressFailedException a ? a.getReturnCode()
                    : each instanceof SMTPSenderFailedException f ? f.getReturnCode() : 0;
            if (code >= 400) {
                return code < 500 ? new Answer.NotNow(code + " " + text) : new Answer.Never(code + " " + text);
            }
        }
        // The server offers no TLS though it must: no retry mends that.
        return String.valueOf(trouble.getMessage()).contains("STARTTLS is required") ? new Answer.Dead(text) : new Answer.NotNow(text);
    }

    private static Exception next(Exception each) {
        Throwable cause = each instanceof MessagingException m ? m.getNextException() : each.getCause();
        return cause instanceof Exception e ? e : null;
    }

    private static Exception innermost(Exception trouble) {
        Exception at = trouble;
        for (Exception next = next(at); next != null; next = next(at)) {
            at = next;
        }
        return at;
    }

    /** A message that keeps its id, so that a repeat is known as one. */
    private static final class Numbered extends MimeMessage {
        private final String id;

        Numbered(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@dustwarden>");
        }
    }
}
