package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The operations of a browser's login; touched on the verticle's own context only. */
final class SessionRoutes {
    /** Comparing passwords is slow on purpose; so many at once leave the machine to its work. */
    private static final int HASHING_THREADS = 2;

    private static final int WAITING_MAX = 40;

    private final Logins logins;
    private final Attempts attempts;
    private final WorkerExecutor hashing;
    private int waiting;

    SessionRoutes(Logins logins, Vertx vertx, InstantSource wall) {
        this.logins = logins;
        this.attempts = new Attempts(wall);
        this.hashing = vertx.createSharedWorkerExecutor("logins", HASHING_THREADS);
    }

    void mount(Answers answers) {
        answers.json("getSession", asked -> Future.succeededFuture(said(asked.login())));
        answers.json("openSession", this::open);
        answers.raw("closeSession", this::close);
    }

    private static JsonObject said(Logins.Login login) {
        Account account = login.account();
        JsonObject json = new JsonObject().put("role", account.role().word());
        if (account.isNamed()) {
            json.put("account", account.name());
            account.person().ifPresent(person -> json.put("person", person));
            json.put("scope", scope(account.scope()));
        }
        json.put("may", new JsonArray(account.role().acts().stream().map(Acts.Kind::word).sorted().toList()));
        json.put("mayFile", new JsonArray(account.role().filings().stream().map(Acts.FilingKind::word).sorted().toList()));
        login.until().ifPresent(until -> json.put("until", until.toString()));
        return json;
    }

    private static JsonObject scope(Scope scope) {
        JsonObject json = new JsonObject();
        if (!scope.sites().isEmpty()) {
            json.put("sites", new JsonArray(scope.sites().stream().sorted().toList()));
        }
        scope.company().ifPresent(company -> json.put("company", company));
        scope.region().ifPresent(region -> json.put("region", region));
        return json;
    }

    private Future<JsonObject> open(Arguments asked) {
        JsonObject body = asked.context().body().asJsonObject();
        String place = asked.context().request().remoteAddress().hostAddress();
        Optional<String> name = Optional.ofNullable(body.getString("account"));
        mayTry(place, name.orElse(""));
        return account(body, name).compose(found -> {
            if (found.isEmpty()) {
                attempts.failed(place, name.orElse(""));
                return Future.failedFuture(new Problem(401, refusal(body)));
            }
            attempts.succeeded(place, name.orElse(""));
            String cookie = logins.open(found.get(), asked.context().request().isSSL());
            asked.context().response().putHeader("Set-Cookie", cookie);
            return Future.succeededFuture(said(new Logins.Login(found.get(), Optional.empty())));
        });
    }

    private void mayTry(String place, String name) {
        Optional<Duration> wait = attempts.wait(place, name);
        if (wait.isPresent()) {
            long seconds = wait.get().toSeconds() + 1;
            throw new Problem(429, "too many failed logins; try again in " + seconds + " s",
                    new JsonObject().put("retryAfter", seconds));
        }
    }

    private Future<Optional<Account>> account(JsonObject body, Optional<String> name) {
        String token = body.getString("token");
        String ticket = body.getString("ticket");
        if (name.isPresent()) {
            return withPassword(name.get(), Optional.ofNullable(body.getString("password"))
                    .orElseThrow(() -> new Problem(400, "password is missing")));
        }
        if (token == null && ticket == null) {
            throw new Problem(400, "account and password, token or ticket is missing");
        }
        boolean right = token != null ? logins.isToken(token) : logins.redeem(ticket);
        return Future.succeededFuture(right ? Optional.of(Account.TOKEN) : Optional.empty());
    }

    private Future<Optional<Account>> withPassword(String name, String password) {
        if (waiting >= WAITING_MAX) {
            throw new Problem(503, "too many logins at once; try again");
        }
        waiting++;
        return hashing.executeBlocking(() -> logins.accounts().login(name, password), false)
                .onComplete(done -> waiting--);
    }

    private static String refusal(JsonObject body) {
        if (body.containsKey("account")) {
            return "no account has this name and this password";
        }
        return body.containsKey("token") ? "the token is wrong" : "the ticket is used up or over";
    }

    private Future<?> close(Arguments asked) {
        asked.context().response().putHeader("Set-Cookie", logins.close(asked.context().request()));
        return asked.context().response().setStatusCode(204).end();
    }
}
