package dustwarden.app.node;

import dustwarden.console.Acknowledging;
import dustwarden.console.Acts;
import dustwarden.notify.AckDesk;
import dustwarden.notify.NoticeText;
import dustwarden.notify.Told;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** Turns the one tap behind a notice's link into an act of its receiver. */
final class LinkDesk implements Acknowledging {
    private static final String TEXT = "通过通知中的链接确认 / by the link in a notice";

    private final Ask ask;
    private final AckDesk desk;
    private final Acts acts;

    LinkDesk(Ask ask, AckDesk desk, Acts acts) {
        this.ask = ask;
        this.desk = desk;
        this.acts = acts;
    }

    @Override
    public Future<Answer> look(String token) {
        return ask.of(() -> answer(desk.look(token)));
    }

    private static Answer answer(AckDesk.Look look) {
        if (look instanceof AckDesk.Look.Good good) {
            NoticeText text = good.text();
            return new Answer.Ask(new Asked(good.receiver(), words(text.zh()), words(text.en())));
        }
        return look instanceof AckDesk.Look.Used ? new Answer.Used()
                : look instanceof AckDesk.Look.Expired ? new Answer.Expired() : new Answer.Forged();
    }

    private static Words words(Told told) {
        return new Words(told.title(), told.lines());
    }

    @Override
    public Future<Answer> acknowledge(String token) {
        return ask.of(() -> desk.look(token)).compose(look -> {
            if (!(look instanceof AckDesk.Look.Good good)) {
                return Future.succeededFuture(answer(look));
            }
            return ask.of(() -> desk.take(good.notice()))
                    .compose(mine -> mine ? act(good) : Future.succeededFuture(new Answer.Used()));
        });
    }

    private Future<Answer> act(AckDesk.Look.Good good) {
        Acts.Act act = new Acts.Act(Acts.Kind.ACKNOWLEDGE, good.alarm(), good.receiver(), TEXT, Optional.empty(), List.of(),
                OptionalLong.empty());
        return acts.act(act).<Answer>map(outcome -> outcome instanceof Acts.Outcome.Done ? new Answer.Done() : new Answer.Over())
                // After a time-out the act may still be journaled, so the link stays used then.
                .recover(trouble -> trouble instanceof TimeoutException
                        ? Future.succeededFuture(new Answer.Used())
                        : ask.of(() -> {
                            desk.giveBack(good.notice());
                            return new Answer.Later();
                        }));
    }
}
