package dustwarden.app;

/** The command line of Dustwarden. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("dustwarden");
    }
}
