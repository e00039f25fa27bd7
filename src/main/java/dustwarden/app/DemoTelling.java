package dustwarden.app;

import dustwarden.app.node.Node;
import dustwarden.simulate.DemoProgress;
import dustwarden.simulate.Publication;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;

/** Tells a person at the terminal and at the pages how far the past day has been played. */
final class DemoTelling implements DemoProgress {
    private static final int ALL = 100;
    private static final int EVERY = 10;

    private final Node node;
    private final Instant from;
    private final InstantSource wall;
    private final PrintWriter out;
    private int told = -1;

    DemoTelling(Node node, Instant from, InstantSource wall, PrintWriter out) {
        this.node = node;
        this.from = from;
        this.wall = wall;
        this.out = out;
    }

    @Override
    public void played(int percent, Instant upTo, long published) {
        node.played(percent / (double) ALL, from.toEpochMilli(), wall.millis());
        if (percent == ALL) {
            // A day in seconds leaves a heap many times what the present needs; this gives it back to the machine.
            System.gc();
        }
        if (percent / EVERY != told / EVERY || told < 0) {
            told = percent;
            out.println(percent < ALL
                    ? "回放过去一天 / playing the past day: " + percent + " % (" + published + " messages)"
                    : "历史已回放,现在实时 / the past is played, now live (" + published + " messages)");
            out.flush();
        }
    }

    @Override
    public void lost(Publication publication, Throwable cause) {
        out.println("未确认 / not acknowledged: " + publication.topic() + ": " + cause.getMessage());
        out.flush();
    }

    @Override
    public void failed(Throwable cause) {
        out.println("演示停止 / the demo stands still: " + cause.getMessage());
        out.flush();
    }
}
