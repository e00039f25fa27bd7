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
        if (look instanceof AckDesk.Look.Many many) {
            return new Answer.Choose(many.receiver(), many.items().stream()
                    .map(i -> new Choice(i.token(), words(i.text().zh()), words(i.text().en()), i.used()))
                    .toList());
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
            if (look instanceof AckDesk.Look.Many many) {
                return all(many);
            }
            return look instanceof AckDesk.Look.Good good
                    ? one(good.notice(), good.alarm(), good.receiver())
                    : Future.succeededFuture(answer(look));
        });
    }

    private Future<Answer> one(String notice, String alarm, String receiver) {
        return ask.of(() -> desk.take(notice))
                .compose(mine -> mine ? act(notice, alarm, receiver) : Future.succeededFuture(new Answer.Used()));
    }

    /** All that is left of a message, one after the other; what the journal does not take now stays open. */
    private Future<Answer> all(AckDesk.Look.Many many) {
        Future<Answer> done = Future.succeededFuture(new Answer.Over());
        for (AckDesk.Item item : many.items()) {
            if (!item.used()) {
                done = done.compose(before -> before instanceof Answer.Later
                        ? Future.succeededFuture(before)
                        : one(item.notice(), item.alarm(), many.receiver())
                                .map(now -> now instanceof Answer.Done || now instanceof Answer.Later ? now : before));
            }
        }
        return done;
    }

    private Future<Answer> act(String notice, String alarm, String receiver) {
        Acts.Act act = new Acts.Act(Acts.Kind.ACKNOWLEDGE, alarm, receiver, TEXT, Optional.empty(), List.of(),
                OptionalLong.empty());
        return acts.act(act).<Answer>map(outcome -> outcome instanceof Acts.Outcome.Done ? new Answer.Done() : new Answer.Over())
                // After a time-out the act may still be journaled, so the link stays used then.
                .recover(trouble -> trouble instanceof TimeoutException
                        ? Future.succeededFuture(new Answer.Used())
                        : ask.of(() -> {
                            desk.giveBack(notice);
                            return new Answer.Later();
                        }));
    }
}
