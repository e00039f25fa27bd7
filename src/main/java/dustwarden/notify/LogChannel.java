package dustwarden.notify;

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
    public Answer send(Notice notice, NoticeText text) {
        boolean past = clock.millis() - notice.at() > PAST.toMillis();
        (past ? LOG.atDebug() : LOG.atInfo())
                .addKeyValue("site", notice.site())
                .addKeyValue("alarm", notice.alarm())
                .addKeyValue("transition", notice.transition())
                .addKeyValue("receiver", notice.receiver())
                .log(text.line());
        return new Answer.Taken("logged");
    }
}
