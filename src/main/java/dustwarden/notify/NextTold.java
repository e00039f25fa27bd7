package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.model.Contact;
import java.util.List;
import java.util.function.Supplier;

/** Says who is told next of an alarm, and when, as the register has it. */
final class NextTold {
    private final Supplier<Content> content;

    NextTold(Supplier<Content> content) {
        this.content = content;
    }

    String of(Notice notice, Phrases p) {
        JsonNode alarm = notice.alarmNode();
        if (alarm.has("next")) {
            String role = alarm.path("next").path("role").asText();
            List<String> names = content.get().register().site(notice.site()).stream()
                    .flatMap(s -> s.contacts().stream())
                    .filter(c -> c.role().equals(role))
                    .map(Contact::name)
                    .toList();
            String who = p.word("roles", role) + (names.isEmpty() ? "" : (p.zh() ? "（" : " (") + NoticeWords.names(names, p)
                    + (p.zh() ? "）" : ")"));
            return p.say("sentences", "nextTold", "who", who,
                    "at", p.time(alarm.path("next").path("at").asText(), alarm.path("at").asText()));
        }
        List<String> others = content.get().register().site(notice.site()).stream()
                .flatMap(s -> s.contacts().stream())
                .map(Contact::name)
                .filter(n -> !n.equals(notice.receiver()))
                .distinct()
                .toList();
        return others.isEmpty()
                ? p.word("sentences", "noNext")
                : p.say("sentences", "alsoTold", "names", NoticeWords.names(others, p));
    }
}
