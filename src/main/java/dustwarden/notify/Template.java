package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;

/** A sentence with parameters in braces; what stands in square brackets falls away when a parameter of it is absent. */
public final class Template {
    private Template() {}

    /** Fills a sentence in a language with its parameters. */
    public static String fill(String template, JsonNode params, String language) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            int end = c == '[' ? template.indexOf(']', at) : -1;
            if (end > 0) {
                String part = template.substring(at + 1, end);
                if (complete(part, params)) {
                    text.append(flat(part, params, language));
                }
                at = end + 1;
            } else {
                int next = template.indexOf('[', at + 1);
                int stop = next < 0 ? template.length() : next;
                text.append(flat(template.substring(at, stop), params, language));
                at = stop;
            }
        }
        return text.toString();
    }

    private static boolean complete(String part, JsonNode params) {
        for (int open = part.indexOf('{'); open >= 0; open = part.indexOf('{', open + 1)) {
            int close = part.indexOf('}', open);
            if (close > 0 && !params.has(part.substring(open + 1, close))) {
                return false;
            }
        }
        return true;
    }

    private static String flat(String part, JsonNode params, String language) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < part.length()) {
            int close = part.charAt(at) == '{' ? part.indexOf('}', at) : -1;
            if (close > 0) {
                text.append(shown(params.path(part.substring(at + 1, close)), language));
                at = close + 1;
            } else {
                text.append(part.charAt(at++));
            }
        }
        return text.toString();
    }

    private static String shown(JsonNode value, String language) {
        if (value.isMissingNode()) {
            return "?";
        }
        return value.isObject() ? value.path(language).asText() : value.isValueNode() ? value.asText() : value.toString();
    }
}
