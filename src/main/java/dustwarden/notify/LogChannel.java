package dustwarden.notify;

import dustwarden.core.model.CanonicalJson;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as a channel, which is always there; what is long past is told at debug level only. */
public final class LogChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger("dustwarden.notice");
    private static final Duration PAST = Duration.ofMinutes(10);

    private final InstantSource clock;

    public LogChannel(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Reply send(Parcel parcel) {
        Notice notice = parcel.lead();
        boolean past = clock.millis() - notice.at() > PAST.toMillis();
        String line = parcel.text().line();
        (past ? LOG.atDebug() : LOG.atInfo())
                .addKeyValue("site", notice.site())
                .addKeyValue("alarm", notice.alarm())
                .addKeyValue("transition", notice.transition())
                .addKeyValue("receiver", notice.receiver())
                .log(line);
        return new Reply(new Answer.Taken("logged"), CanonicalJson.sha256(line));
    }
}
