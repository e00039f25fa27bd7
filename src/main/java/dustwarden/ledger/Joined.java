package dustwarden.ledger;

/** Waits for threads that end by themselves once they are asked to, and that must have ended before anything is closed. */
public final class Joined {
    private Joined() {}

    /** Returns when the thread has ended; true where the caller was interrupted meanwhile and should say so when it is done. */
    public static boolean interrupted(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
