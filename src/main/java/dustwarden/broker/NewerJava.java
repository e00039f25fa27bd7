package dustwarden.broker;

/**
 * Lets the broker run on Java 24 and later, where Netty without being told so frees none of the
 * buffers that Artemis gives it, and Artemis then cannot open an existing journal.
 */
public final class NewerJava {
    private static final String NETTY_WITHOUT_UNSAFE = "io.netty.noUnsafe";

    private NewerJava() {}

    /** Must come before the first use of Netty in the process, so first in {@code main}. */
    public static void prepare() {
        if (System.getProperty(NETTY_WITHOUT_UNSAFE) == null) {
            System.setProperty(NETTY_WITHOUT_UNSAFE, "false");
        }
    }
}
