package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.PayloadTree.Unreadable;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as a tree of JSON: an element is an object by local names, a repeated one a list, attributes are
 * {@code @name}, text alone is a text, text beside attributes is {@code #}. No document type, no entity from outside.
 */
final class XmlTree {
    private static final int ELEMENTS_MAX = 5_000;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private record Open(String name, ObjectNode node, StringBuilder text) {}

    private XmlTree() {}

    /** The tree of the root element, whose name is under {@code @element}. */
    static JsonNode read(byte[] bytes) throws Unreadable {
        try {
            XMLStreamReader reader = reader(bytes);
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's reader throws unchecked exceptions for some malformed input.
            throw new Unreadable(Refusal.MALFORMED, "the payload is not XML that we read");
        }
    }

    /** A factory is not said to be safe for threads, and views decode on theirs. */
    private static XMLStreamReader reader(byte[] bytes) throws XMLStreamException {
        // The bytes are UTF-8, whatever the document says of itself.
        String text = new String(bytes, StandardCharsets.UTF_8).stripLeading();
        synchronized (FACTORY) {
            return FACTORY.createXMLStreamReader(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        }
    }

    private static JsonNode read(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        Deque<Open> open = new ArrayDeque<>();
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > ELEMENTS_MAX || open.size() >= PayloadTree.DEPTH_MAX) {
                        throw new Unreadable(Refusal.MALFORMED, "the XML has too many or too deep elements");
                    }
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        node.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    open.push(new Open(reader.getLocalName(), node, new StringBuilder()));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text().append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Unreadable(Refusal.MALFORMED, "the XML has a document type or an entity");
                case XMLStreamConstants.END_ELEMENT -> {
                    Open closed = open.pop();
                    if (open.isEmpty()) {
                        return closed.node().put("@element", closed.name());
                    }
                    put(open.peek().node(), closed.name(), value(closed));
                }
                default -> {
                    // Comments and instructions say nothing.
                }
            }
        }
        throw new Unreadable(Refusal.MALFORMED, "the XML has no end");
    }

    private static JsonNode value(Open closed) {
        String text = closed.text().toString().strip();
        if (closed.node().isEmpty()) {
            return JsonNodeFactory.instance.textNode(text);
        }
        if (!text.isEmpty()) {
            closed.node().put("#", text);
        }
        return closed.node();
    }

    private static void put(ObjectNode parent, String name, JsonNode value) {
        JsonNode before = parent.get(name);
        if (before == null) {
            parent.set(name, value);
        } else if (before instanceof ArrayNode list) {
            list.add(value);
        } else {
            parent.set(name, JsonNodeFactory.instance.arrayNode().add(before).add(value));
        }
    }
}
