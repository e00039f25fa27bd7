package dustwarden.series;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.Clock;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation;
import java.util.Optional;

/** What is known of a device now; written by the view's thread alone, read by any. */
final class DeviceNow {
    private final Clock clock = new Clock();
    private volatile long heard = Long.MIN_VALUE;
    private volatile long ts = Long.MIN_VALUE;
    private volatile long tsReceived = Long.MIN_VALUE;
    private volatile boolean offline;
    private volatile String grade = Clock.Grade.UNKNOWN.wire();
    private volatile Optional<String> camera = Optional.empty();
    private volatile Optional<Boolean> good = Optional.empty();

    void hear(Observation observation, long received) {
        if (observation instanceof Observation.Status status) {
            offline = !status.online();
            heard = status.online() ? received : heard;
            return;
        }
        heard = received;
        offline = false;
        if (!observation.isDated()) {
            return;
        }
        if (observation.ts() >= ts) {
            ts = observation.ts();
            tsReceived = received;
            if (observation instanceof Observation.Camera c) {
                camera = Optional.of(camera(c).toString());
                good = Optional.of(c.online() && c.recording() != Claim.NO && c.blocked() != Claim.YES && c.moved() != Claim.YES);
            } else if (observation instanceof Observation.UnitReport u) {
                good = Optional.of(u.good());
            }
        }
        clock.heard(observation.ts(), received).ifPresent(g -> grade = g.wire());
    }

    void timeRefused() {
        clock.refused().ifPresent(g -> grade = g.wire());
    }

    private static ObjectNode camera(Observation.Camera c) {
        ObjectNode json = Json.object();
        json.put("online", c.online());
        claim(json, "recording", c.recording());
        claim(json, "blocked", c.blocked());
        claim(json, "moved", c.moved());
        return json;
    }

    static void claim(ObjectNode json, String name, Claim claim) {
        if (claim != Claim.UNKNOWN) {
            json.put(name, claim == Claim.YES);
        }
    }

    /** Received time of the last word that it was there; empty before the first. */
    Optional<Long> heard() {
        return heard == Long.MIN_VALUE ? Optional.empty() : Optional.of(heard);
    }

    boolean offline() {
        return offline;
    }

    /** Milliseconds from its newest measured time to the receipt of it. */
    Optional<Long> lag() {
        return ts == Long.MIN_VALUE ? Optional.empty() : Optional.of(tsReceived - ts);
    }

    String grade() {
        return grade;
    }

    Optional<String> camera() {
        return camera;
    }

    Optional<Boolean> good() {
        return good;
    }

    void save(ViewDb db, long id) {
        db.update("INSERT OR REPLACE INTO device_now VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                id, heard, ts, tsReceived, offline ? 1 : 0, grade, camera, good.map(g -> g ? 1 : 0));
    }

    /** Of a row of {@code device_now} with the site and device before it. */
    static DeviceNow load(ViewDb.Row row, int from) {
        DeviceNow now = new DeviceNow();
        now.heard = row.number(from);
        now.ts = row.number(from + 1);
        now.tsReceived = row.number(from + 2);
        now.offline = row.number(from + 3) == 1;
        now.grade = row.text(from + 4);
        now.camera = row.maybeText(from + 5);
        now.good = row.maybeNumber(from + 6).isPresent()
                ? Optional.of(row.number(from + 6) == 1)
                : Optional.empty();
        return now;
    }
}
