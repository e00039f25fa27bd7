package dustwarden.ledger;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** Writes enum maps with their key type, which Kryo alone loses. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumMaps extends Serializer<EnumMap> {
    @Override
    public void write(Kryo kryo, Output output, EnumMap map) {
        Map<Enum, Object> entries = map;
        kryo.writeClass(output, entries.isEmpty()
                ? keyType(map)
                : entries.keySet().iterator().next().getDeclaringClass());
        output.writeVarInt(entries.size(), true);
        entries.forEach((key, value) -> {
            output.writeVarInt(key.ordinal(), true);
            kryo.writeClassAndObject(output, value);
        });
    }

    @Override
    public EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
        Class keys = kryo.readClass(input).getType();
        EnumMap map = new EnumMap(keys);
        kryo.reference(map);
        Object[] constants = keys.getEnumConstants();
        for (int left = input.readVarInt(true); left > 0; left--) {
            map.put((Enum) constants[input.readVarInt(true)], kryo.readClassAndObject(input));
        }
        return map;
    }

    // An empty map tells its key type to Java's own serialization only, which names each class on the way.
    private static Class<?> keyType(EnumMap map) {
        Class<?>[] found = new Class<?>[1];
        try (ObjectOutputStream stream = new ObjectOutputStream(OutputStream.nullOutputStream()) {
            @Override
            protected void annotateClass(Class<?> type) {
                if (type.isEnum()) {
                    found[0] = type;
                }
            }
        }) {
            stream.writeObject(map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found[0];
    }
}
