package dustwarden.console;

import io.vertx.core.Future;
import java.util.List;

/** Links whose token says how they stand; {@code good} counts how often it was used. */
final class FakeLinks implements Acknowledging {
    int used;

    @Override
    public Future<Answer> look(String token) {
        return Future.succeededFuture(switch (token) {
            case "good" -> used > 0 ? new Answer.Used() : new Answer.Ask(new Asked("李<工>",
                    new Words("【告警】一号工地", List.of("情况：<b>未冲洗</b>")), new Words("[Alarm] Site 1", List.of("unwashed"))));
            case "many" -> new Answer.Choose("李<工>", List.of(
                    new Choice("token-1", new Words("一<号>", List.of("未冲洗")), new Words("One", List.of("unwashed")), false),
                    new Choice("token-2", new Words("二", List.of("裸土")), new Words("Two", List.of("bare")), false),
                    new Choice("token-3", new Words("三", List.of("围挡")), new Words("Three", List.of("fence")), true)));
            case "expired" -> new Answer.Expired();
            case "over" -> new Answer.Over();
            default -> new Answer.Forged();
        });
    }

    @Override
    public Future<Answer> acknowledge(String token) {
        return look(token).map(answer -> {
            if (answer instanceof Answer.Ask) {
                used++;
                return new Answer.Done();
            }
            return answer;
        });
    }
}
