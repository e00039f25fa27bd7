package dustwarden.core.decode;

import dustwarden.core.decode.JsonPath.Any;
import dustwarden.core.decode.JsonPath.At;
import dustwarden.core.decode.JsonPath.Each;
import dustwarden.core.decode.JsonPath.Key;
import dustwarden.core.decode.JsonPath.Step;
import dustwarden.core.decode.JsonPath.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the written form of a {@link JsonPath}; one run over one text. */
final class JsonPathParser {
    private static final int DIGITS_MAX = 6;

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath parse() {
        boolean fromRoot = text.startsWith("/");
        if (fromRoot) {
            at++;
        }
        List<Step> steps = new ArrayList<>();
        if (text.startsWith("$", at)) {
            at++;
            if (at == text.length()) {
                return new JsonPath(text, fromRoot, steps);
            }
        } else {
            steps.add(key());
        }
        while (at < text.length()) {
            if (text.charAt(at) == '.') {
                at++;
                steps.add(key());
            } else if (text.charAt(at) == '[') {
                at++;
                steps.add(bracket());
            } else {
                throw wrong("wants . or [ at " + text.substring(at));
            }
        }
        return new JsonPath(text, fromRoot, steps);
    }

    private Step key() {
        if (text.startsWith("[", at)) {
            at++;
            return bracket();
        }
        String name = name(".[");
        if (name.startsWith("*!")) {
            return new Any(Set.of(name.substring(2).split("!")));
        }
        return name.equals("*") ? new Any(Set.of()) : new Key(name);
    }

    private Step bracket() {
        int close = text.indexOf(']', at);
        if (close < 0) {
            throw wrong("has a [ without its ]");
        }
        String inside = text.substring(at, close);
        int loosely = inside.indexOf('~');
        int equals = loosely > 0 ? loosely : inside.indexOf('=');
        if (inside.equals("*")) {
            at = close + 1;
            return new Each();
        }
        if (equals > 0) {
            at = close + 1;
            return new Where(List.of(inside.substring(0, equals).split("\\.")), inside.substring(equals + 1), loosely > 0);
        }
        if (inside.isEmpty() || inside.length() > DIGITS_MAX || !inside.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong("wants a number, * or key=value in brackets, got [" + inside + "]");
        }
        at = close + 1;
        return new At(Integer.parseInt(inside));
    }

    private String name(String ends) {
        if (text.startsWith("'", at)) {
            int close = text.indexOf('\'', at + 1);
            if (close < 0) {
                throw wrong("has a ' without its end");
            }
            String name = text.substring(at + 1, close);
            at = close + 1;
            return name;
        }
        int from = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw wrong("has a step without a name");
        }
        return text.substring(from, at);
    }

    private IllegalArgumentException wrong(String sentence) {
        return new IllegalArgumentException(sentence + " in the path " + text);
    }
}
