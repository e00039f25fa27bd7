package dustwarden.console;

import dustwarden.console.Acknowledging.Answer;
import dustwarden.console.Acknowledging.Asked;
import dustwarden.console.Acknowledging.Choice;
import dustwarden.console.Acknowledging.Words;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;

/** The page behind a notice's link: GET shows and changes nothing, POST acts; both languages, no login, no script. */
final class AcknowledgeRoutes {
    static final String PATH = "/a/";
    private final Acknowledging acknowledging;

    AcknowledgeRoutes(Acknowledging acknowledging) {
        this.acknowledging = acknowledging;
    }

    void mount(Answers answers) {
        answers.raw("showNoticeLink", asked -> answer(asked.context(), acknowledging.look(asked.path("token"))));
        answers.raw("useNoticeLink", asked -> answer(asked.context(), acknowledging.acknowledge(asked.path("token"))));
    }

    private static Future<?> answer(RoutingContext context, Future<Answer> answer) {
        return answer.onSuccess(told -> context.response()
                .setStatusCode(status(told))
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Robots-Tag", "noindex")
                .end(page(told, prefersEnglish(context))));
    }

    private static int status(Answer answer) {
        boolean shown = answer instanceof Answer.Ask || answer instanceof Answer.Choose;
        return shown || answer instanceof Answer.Done || answer instanceof Answer.Over ? 200
                : answer instanceof Answer.Forged ? 404
                : answer instanceof Answer.Later ? 503 : 410;
    }

    private static boolean prefersEnglish(RoutingContext context) {
        String languages = String.valueOf(context.request().getHeader("Accept-Language"));
        int en = languages.indexOf("en");
        int zh = languages.indexOf("zh");
        return en >= 0 && (zh < 0 || en < zh);
    }

    private static String page(Answer answer, boolean english) {
        String zh = section("zh-CN", answer, false);
        String en = section("en", answer, true);
        return "<!doctype html><html lang=\"" + (english ? "en" : "zh-CN") + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"robots\" content=\"noindex\"><title>" + (english ? "Acknowledge an alarm" : "确认告警")
                + " · Dustwarden</title><link rel=\"stylesheet\" href=\"/style/base.css\">"
                + "<link rel=\"stylesheet\" href=\"/style/link.css\"></head><body class=\"link\"><main>"
                + (english ? en + zh : zh + en) + "</main></body></html>";
    }

    private static String section(String language, Answer answer, boolean en) {
        String inner;
        if (answer instanceof Answer.Ask ask) {
            inner = form(ask.asked(), en);
        } else if (answer instanceof Answer.Choose choose) {
            inner = list(choose, en);
        } else {
            inner = "<h1>" + title(answer, en) + "</h1><p>" + sentence(answer, en) + "</p>";
        }
        return "<section lang=\"" + language + "\">" + inner + "</section>";
    }

    private static String form(Asked asked, boolean en) {
        Words words = en ? asked.en() : asked.zh();
        String who = escaped(asked.receiver());
        return "<h1>" + escaped(words.title()) + "</h1>" + lines(words) + "<form method=\"post\"><button type=\"submit\">"
                + (en ? "Acknowledge as " + who : "以“" + who + "”的名义确认") + "</button></form>" + meaning(en);
    }

    private static String lines(Words words) {
        return words.lines().stream().map(l -> "<li>" + escaped(l) + "</li>").collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    private static String meaning(boolean en) {
        return "<p>" + (en ? "Acknowledging says that you know of it and are on it. It is kept with your name and the time."
                : "确认表示您已知悉并在处理，系统会记录您的姓名和时间。") + "</p>";
    }

    private static String list(Answer.Choose choose, boolean en) {
        long left = choose.choices().stream().filter(c -> !c.used()).count();
        String who = escaped(choose.receiver());
        String all = left < 2 ? "" : "<form method=\"post\"><button type=\"submit\">"
                + (en ? "Acknowledge all " + left + " as " + who : "以“" + who + "”的名义全部确认（" + left + " 条）") + "</button></form>";
        return "<h1>" + (en ? "Alarms of this message" : "本条消息中的告警") + "</h1>"
                + (left == 0 ? "<p>" + (en ? "Nothing left to acknowledge." : "没有待确认的告警。") + "</p>" : "")
                + choose.choices().stream().map(c -> choice(c, who, en)).collect(Collectors.joining()) + all + meaning(en);
    }

    private static String choice(Choice choice, String who, boolean en) {
        Words words = en ? choice.en() : choice.zh();
        String act = choice.used()
                ? "<p>" + (en ? "Acknowledged by its link." : "已通过链接确认。") + "</p>"
                : "<form method=\"post\" action=\"" + PATH + choice.token() + "\"><button type=\"submit\">"
                        + (en ? "Acknowledge as " + who : "以“" + who + "”的名义确认") + "</button></form>";
        return "<article><h2>" + escaped(words.title()) + "</h2>" + lines(words) + act + "</article>";
    }

    private static String title(Answer answer, boolean en) {
        if (answer instanceof Answer.Done) {
            return en ? "Acknowledged" : "已确认";
        }
        if (answer instanceof Answer.Over) {
            return en ? "Nothing left to acknowledge" : "无需再确认";
        }
        if (answer instanceof Answer.Used) {
            return en ? "This link was used" : "链接已使用";
        }
        if (answer instanceof Answer.Expired) {
            return en ? "This link has expired" : "链接已过期";
        }
        return answer instanceof Answer.Later
                ? en ? "Not possible at this moment" : "暂时无法确认"
                : en ? "This link is not valid" : "链接无效";
    }

    private static String sentence(Answer answer, boolean en) {
        if (answer instanceof Answer.Done) {
            return en ? "Thank you. Your acknowledgement is in the record." : "谢谢，您的确认已记录在案。";
        }
        if (answer instanceof Answer.Over) {
            return en ? "Somebody else has acknowledged this alarm, or it is closed." : "该告警已由他人确认，或已经关闭。";
        }
        if (answer instanceof Answer.Used) {
            return en ? "A link works once. To do more, log in to the console." : "每个链接只能使用一次；如需继续处理，请登录平台。";
        }
        if (answer instanceof Answer.Expired) {
            return en ? "A link works for 24 hours. Please log in to the console." : "链接在发出 24 小时后失效，请登录平台处理。";
        }
        return answer instanceof Answer.Later
                ? en ? "Please try again in a minute; the link stays good." : "请过一分钟再试，链接仍然有效。"
                : en ? "It is incomplete or was changed. Open it from the notice itself, or log in to the console."
                        : "链接不完整或被改动过。请从通知里直接点开，或登录平台处理。";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
