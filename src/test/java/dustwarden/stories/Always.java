package dustwarden.stories;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.ReasonWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be true of the decisions of every story, whatever it tells. */
final class Always {
    private static final List<String> ITEMS = List.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video", "particulates", "restrictions");
    private static final Set<String> STATES = Set.of("COMPLIANT", "VIOLATION", "UNKNOWN", "NOT_APPLICABLE");
    private static final Set<String> TRANSITIONS = Set.of(
            "raised", "acknowledged", "rectified", "verified", "returned", "shelved", "suppressed", "out-of-service", "closed",
            "occurrence", "comment", "objection", "escalated", "flapping", "settled");
    /** What is said of an alarm without its entering a state. */
    private static final Set<String> SAID = Set.of("occurrence", "comment", "objection", "escalated", "flapping", "settled");

    private final List<String> troubles = new ArrayList<>();

    private Always() {}

    static List<String> troubles(List<JsonNode> decisions, int entries) {
        Always always = new Always();
        if (entries > 0) {
            always.allItemsAtTheFirstEntry(decisions);
        }
        long last = Long.MIN_VALUE;
        Map<String, String> said = new HashMap<>();
        for (JsonNode decision : decisions) {
            long at = Expectation.at(decision);
            if (at < last) {
                always.troubles.add("time went back at " + decision);
            }
            last = at;
            always.words(decision);
            if (decision.path("type").asText().equals("verdict")) {
                always.verdict(decision, said);
            }
        }
        always.alarms(decisions);
        return always.troubles;
    }

    private void allItemsAtTheFirstEntry(List<JsonNode> decisions) {
        Set<String> found = new HashSet<>();
        decisions.stream()
                .filter(d -> d.path("offset").asLong() == 0 && d.path("type").asText().equals("verdict") && !d.has("rule"))
                .forEach(d -> found.add(d.path("item").asText()));
        if (!found.containsAll(ITEMS)) {
            troubles.add("not all nine items at the first entry: " + found);
        }
    }

    private void verdict(JsonNode verdict, Map<String, String> said) {
        double low = verdict.path("low").asDouble(-1);
        double high = verdict.path("high").asDouble(-1);
        double capture = verdict.path("capture").asDouble(-1);
        if (!(low >= 0 && low <= high && high <= 1 && capture >= 0 && capture <= 1)) {
            troubles.add("shares out of 0..1 or turned round: " + verdict);
        }
        if (!STATES.contains(verdict.path("state").asText())) {
            troubles.add("no such state: " + verdict);
        }
        if (verdict.has("rule") && !verdict.path("rule").asText().contains("/")) {
            troubles.add("a rule is rulebook/rule: " + verdict);
        }
        if (verdict.path("state").asText().matches("VIOLATION|UNKNOWN") && Expectation.codes(verdict).isEmpty()) {
            troubles.add("bad or unknown without a reason: " + verdict);
        }
        if (!verdict.has("rule")) {
            String now = verdict.path("from").asText() + verdict.path("state") + low + "|" + high + verdict.path("reasons")
                    + verdict.path("supersedes");
            if (now.equals(said.put(verdict.path("item").asText(), now))) {
                troubles.add("an item's line repeated without a change: " + verdict);
            }
        }
    }

    /** Every reason is a sentence in both languages, and no word of it waits for a parameter that is not there. */
    private void words(JsonNode decision) {
        for (JsonNode reason : decision.path("reasons")) {
            for (String language : List.of("zh", "en")) {
                String said = ReasonWords.sentences(List.of(reason), Optional.empty(), language, time -> time);
                if (said.startsWith(reason.path("code").asText()) || said.matches("(?s).*[{}\\[\\]?].*")) {
                    troubles.add("a reason without words in " + language + ": " + reason + " -> " + said);
                }
            }
        }
    }

    private void alarms(List<JsonNode> decisions) {
        Map<String, String> openBySubject = new HashMap<>();
        Map<String, String> states = new HashMap<>();
        for (JsonNode alarm : decisions) {
            if (!alarm.path("type").asText().equals("alarm")) {
                continue;
            }
            String id = alarm.path("id").asText();
            String subject = alarm.path("rule").asText() + "|" + alarm.path("subject").asText();
            String transition = alarm.path("transition").asText();
            if (!TRANSITIONS.contains(transition)) {
                troubles.add("no such transition: " + alarm);
            }
            if (!states.containsKey(id)) {
                String wanted = sha(alarm.path("site").asText() + "|" + subject + "|" + alarm.path("offset").asLong());
                if (!id.equals(wanted) || !transition.equals("raised")) {
                    troubles.add("a new alarm is raised with id " + wanted + ", got " + alarm);
                }
                if (openBySubject.containsKey(subject)) {
                    troubles.add("two open alarms for one rule and subject: " + alarm);
                }
                openBySubject.put(subject, id);
            }
            if ("closed".equals(states.put(id, transition))) {
                troubles.add("a closed alarm moved: " + alarm);
            }
            if (transition.equals("closed")) {
                openBySubject.remove(subject);
            }
            if (!SAID.contains(transition) && !alarm.path("state").asText().equals(transition)) {
                boolean ofTwo = transition.equals("acknowledged");
                if (!ofTwo) {
                    troubles.add("a transition is the state entered: " + alarm);
                }
            }
        }
    }

    private static String sha(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
