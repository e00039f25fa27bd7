package dustwarden.series;

import dustwarden.series.Schema.Measurement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the part of InfluxQL that the boards use, and holds every name against the schema; anything else is refused. */
final class InfluxQl {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"[^\"]*\")|('(?:[^'\\\\]|\\\\.)*')|(\\d+(?:\\.\\d+)?(?:ns|u|ms|s|m|h|d|w)?)|([A-Za-z_]\\w*)"
                    + "|(=~|!~|!=|<=|>=|[-+*/=<>(),]))");
    private static final Pattern REGEX = Pattern.compile("\\s*/((?:[^/\\\\]|\\\\.)*)/");
    private static final Set<String> FUNCTIONS =
            Set.of("last", "first", "sum", "mean", "min", "max", "count", "top", "bottom");

    private final String text;
    private int at;
    private String token = "";
    /** The bucket part that its measurement belongs to. */
    private Optional<Measurement> measurement = Optional.empty();

    private InfluxQl(String text) {
        this.text = text;
        next();
    }

    /** The measurement that a query reads. */
    static Measurement read(String query) {
        InfluxQl ql = new InfluxQl(query);
        if (ql.is("SHOW")) {
            ql.show();
        } else {
            ql.select();
        }
        if (!ql.token.isEmpty()) {
            throw ql.wrong("the end");
        }
        return ql.measurement.orElseThrow();
    }

    private void show() {
        for (String word : List.of("SHOW", "TAG", "VALUES", "FROM")) {
            want(word);
        }
        Set<String> names = measurement();
        for (String word : List.of("WITH", "KEY", "=")) {
            want(word);
        }
        known(names, name());
        where(names);
    }

    /** Answers the columns and tags that it gives. */
    private Set<String> select() {
        want("SELECT");
        List<String> used = new ArrayList<>();
        Set<String> given = new HashSet<>();
        do {
            expression(used);
            if (take("AS")) {
                given.add(name());
            } else {
                given.addAll(used);
            }
        } while (take(","));
        want("FROM");
        Set<String> names;
        if (take("(")) {
            names = select();
            want(")");
        } else {
            names = measurement();
        }
        used.forEach(name -> known(names, name));
        where(names);
        if (take("GROUP")) {
            want("BY");
            do {
                if (take("TIME")) {
                    want("(");
                    value();
                    want(")");
                } else {
                    String tag = name();
                    known(names, tag);
                    given.add(tag);
                }
            } while (take(","));
        }
        if (take("FILL")) {
            want("(");
            if (!take("NONE") && !take("PREVIOUS") && !take("NULL")) {
                value();
            }
            want(")");
        }
        return given;
    }

    private void expression(List<String> used) {
        operand(used);
        while (take("+") || take("-") || take("*") || take("/")) {
            operand(used);
        }
    }

    private void operand(List<String> used) {
        if (take("(")) {
            expression(used);
            want(")");
        } else if (token.startsWith("\"")) {
            used.add(name());
        } else if (FUNCTIONS.contains(token.toLowerCase(Locale.ROOT))) {
            next();
            want("(");
            do {
                expression(used);
            } while (take(","));
            want(")");
        } else {
            value();
        }
    }

    private void where(Set<String> names) {
        if (!take("WHERE")) {
            return;
        }
        do {
            condition(names);
        } while (take("AND") || take("OR"));
    }

    private void condition(Set<String> names) {
        if (!take("TIME")) {
            do {
                known(names, name());
            } while (take("+"));
        }
        String operator = token;
        if (operator.equals("=~") || operator.equals("!~")) {
            regex();
            return;
        }
        if (!Set.of("=", "!=", "<", ">", "<=", ">=").contains(operator)) {
            throw wrong("a comparison");
        }
        next();
        value();
        while (take("-") || take("+")) {
            value();
        }
    }

    private void regex() {
        Matcher matcher = REGEX.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw wrong("a regular expression");
        }
        Pattern.compile(matcher.group(1));
        at = matcher.end();
        next();
    }

    private Set<String> measurement() {
        String wanted = name();
        for (Measurement each : Measurement.values()) {
            if (each.wire().equals(wanted)) {
                measurement = Optional.of(each);
                Set<String> names = new HashSet<>(each.tags());
                names.addAll(each.fields().keySet());
                return names;
            }
        }
        throw new IllegalArgumentException("no measurement " + wanted + " in " + text);
    }

    private void known(Set<String> names, String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(name + " is none of " + names + " in " + text);
        }
    }

    private String name() {
        if (!token.startsWith("\"")) {
            throw wrong("a name in double quotes");
        }
        String name = token.substring(1, token.length() - 1);
        next();
        return name;
    }

    private void value() {
        if (!token.startsWith("'") && (token.isEmpty() || !Character.isDigit(token.charAt(0)))) {
            throw wrong("a value");
        }
        next();
    }

    private boolean is(String word) {
        return token.equalsIgnoreCase(word);
    }

    private boolean take(String word) {
        if (!is(word)) {
            return false;
        }
        next();
        return true;
    }

    private void want(String word) {
        if (!take(word)) {
            throw wrong(word);
        }
    }

    private void next() {
        Matcher matcher = TOKEN.matcher(text).region(at, text.length());
        if (matcher.lookingAt()) {
            token = matcher.group().strip();
            at = matcher.end();
        } else if (text.substring(at).isBlank()) {
            token = "";
        } else {
            throw wrong("a token");
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("wanted " + wanted + " at '" + token + text.substring(at) + "' of " + text);
    }
}
