package dustwarden.console;

import dustwarden.console.SprayControl.Mode;
import dustwarden.console.SprayControl.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The operations on sprays and fog cannons. */
final class SprayRoutes {
    private static final Set<Role> MAY = EnumSet.of(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CONTRACTOR);
    private static final Duration MANUAL = Duration.ofMinutes(30);
    private static final Duration MANUAL_MAX = Duration.ofHours(4);

    private final SprayControl control;
    private final InstantSource clock;

    SprayRoutes(SprayControl control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
    }

    void mount(Answers answers) {
        answers.page("listCommands", asked -> control.commands(asked.text("site"), asked.sight(), asked.page()));
        answers.json("overrideSpray", this::override);
    }

    private Future<JsonObject> override(Arguments asked) {
        Account account = asked.login().account();
        if (!MAY.contains(account.role())) {
            throw new Problem(403, "a " + account.role().word() + " may not turn sprays on or off");
        }
        JsonObject body = asked.context().body().asJsonObject();
        Mode mode = Mode.valueOf(body.getString("mode").toUpperCase(Locale.ROOT));
        Instant now = clock.instant();
        Optional<Instant> until = mode == Mode.AUTO
                ? Optional.empty()
                : Optional.of(Optional.ofNullable(body.getString("until"))
                        .map(text -> Arguments.timeOf("until", text, asked.zone()))
                        .orElse(now.plus(MANUAL)));
        if (until.filter(u -> !u.isAfter(now) || u.isAfter(now.plus(MANUAL_MAX))).isPresent()) {
            return Future.failedFuture(new Problem(400, "until lies within the next " + MANUAL_MAX.toHours() + " hours"));
        }
        SprayControl.Override wanted = new SprayControl.Override(asked.path("site"), asked.path("device"), mode, until,
                AlarmRoutes.person(account, body), body.getString("text"));
        return control.override(wanted).compose(outcome -> {
            if (outcome instanceof Outcome.Taken) {
                return Future.succeededFuture(new JsonObject().put("accepted", true));
            }
            return Future.failedFuture(outcome instanceof Outcome.NotNow refused
                    ? new Problem(409, refused.why())
                    : Problem.notFound("spray", wanted.site() + "/" + wanted.device()));
        });
    }
}
