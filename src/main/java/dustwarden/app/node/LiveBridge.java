package dustwarden.app.node;

import dustwarden.console.LiveEvent;
import dustwarden.console.LiveStream;
import dustwarden.live.LiveFeed;

/** Passes what just happened on to the browsers. */
record LiveBridge(LiveStream live) implements LiveFeed.Listener {
    @Override
    public void verdict(String site, String item) {
        live.publish(LiveEvent.verdict(site, item));
    }

    @Override
    public void alarm(String place, String alarm) {
        live.publish(LiveEvent.alarm(place, alarm));
    }

    @Override
    public void reading(String site, String reading) {
        live.publish(LiveEvent.reading(site, reading));
    }
}
