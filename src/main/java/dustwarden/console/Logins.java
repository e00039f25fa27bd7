package dustwarden.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/** Who may use the API: the administrator by token or link, accounts by cookie, and a device by its own secret. */
public final class Logins {
    /** @param until when it ends; empty for a token */
    record Login(Account account, Optional<Instant> until) {}

    /** A device's name and secret as sent with Basic. */
    record DeviceLogin(String path, String secret) {}

    private final byte[] token;
    private final SessionCookies cookies;
    private final Tickets tickets;
    private final Accounts accounts;

    /** @param token the administrator's; a blank one is refused, so that there is no login without a secret */
    public Logins(String token, Accounts accounts, InstantSource clock) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("the administrator's token must not be blank");
        }
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.accounts = accounts;
        this.cookies = new SessionCookies(token, clock);
        this.tickets = new Tickets(clock);
    }

    /** The part of a console's address after the port that logs a browser in, so many times. */
    public String link(int uses, Duration validFor) {
        return "/#/login?ticket=" + tickets.issue(uses, validFor);
    }

    Optional<Login> of(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return isToken(header.substring(7).trim())
                    ? Optional.of(new Login(Account.TOKEN, Optional.empty()))
                    : Optional.empty();
        }
        return Optional.ofNullable(request.getCookie(SessionCookies.NAME))
                .flatMap(cookie -> cookies.read(cookie.getValue()))
                .filter(session -> sameOrigin(request))
                .flatMap(this::login);
    }

    /** The session's account as it is now; empty where it is gone or has another password. */
    private Optional<Login> login(SessionCookies.Session session) {
        Optional<Account> account = session.account().isEmpty()
                ? Optional.of(Account.TOKEN)
                : accounts.named(session.account());
        return account.filter(found -> found.stamp().equals(session.stamp()))
                .map(found -> new Login(found, Optional.of(session.until())));
    }

    Accounts accounts() {
        return accounts;
    }

    Optional<DeviceLogin> device(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new DeviceLogin(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isToken(String offered) {
        return MessageDigest.isEqual(token, offered.getBytes(StandardCharsets.UTF_8));
    }

    boolean redeem(String ticket) {
        return tickets.redeem(ticket);
    }

    /** The value of {@code Set-Cookie} that logs a browser in. */
    String open(Account account, boolean tls) {
        String name = account.isNamed() ? account.name() : "";
        return cookie(cookies.issue(name, account.stamp()), SessionCookies.LIFETIME, tls);
    }

    /** Ends the request's session and answers the value of {@code Set-Cookie} that makes the browser forget it. */
    String close(HttpServerRequest request) {
        Optional.ofNullable(request.getCookie(SessionCookies.NAME)).ifPresent(cookie -> cookies.end(cookie.getValue()));
        return cookie("", Duration.ZERO, request.isSSL());
    }

    private static String cookie(String value, Duration age, boolean tls) {
        return SessionCookies.NAME + "=" + value + "; Path=/; Max-Age=" + age.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (tls ? "; Secure" : "");
    }

    // A cookie travels by itself, so what changes something must come from our own pages.
    private static boolean sameOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || request.method() == HttpMethod.GET || request.authority() == null) {
            return true;
        }
        try {
            return request.authority().toString().equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
