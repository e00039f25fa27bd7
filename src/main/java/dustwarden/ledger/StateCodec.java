package dustwarden.ledger;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import java.util.EnumMap;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Writes state objects of the core to bytes and back; the same state gives the same bytes where its maps and sets are sorted
 * or are enum maps.
 *
 * <p>Only classes of this project and of {@code java} are read or written. For one thread at a time.
 */
public final class StateCodec {
    private final Kryo kryo = new Kryo() {
        @Override
        @SuppressWarnings("rawtypes")
        public Registration getRegistration(Class type) {
            refuseForeign(type);
            return super.getRegistration(type);
        }
    };
    private final Output output = new Output(4096, -1);

    public StateCodec() {
        kryo.setRegistrationRequired(false);
        kryo.setReferences(true);
        kryo.addDefaultSerializer(EnumMap.class, new EnumMaps());
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    }

    private static void refuseForeign(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (!element.isPrimitive()
                && !element.getName().startsWith("dustwarden.")
                && !element.getName().startsWith("java.")) {
            throw new IllegalArgumentException("a state may not hold a " + type.getName());
        }
    }

    public byte[] write(Object state) {
        output.reset();
        kryo.writeClassAndObject(output, state);
        return output.toBytes();
    }

    /** @throws In.Damaged the bytes are not a state that this version wrote */
    public Object read(byte[] bytes) {
        try {
            return kryo.readClassAndObject(new Input(bytes));
        } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new In.Damaged("not a state of this version: " + e.getMessage());
        }
    }
}
