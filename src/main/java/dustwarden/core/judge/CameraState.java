package dustwarden.core.judge;

import dustwarden.core.model.Claim;

/** What a camera says of itself. */
public record CameraState(boolean online, Claim recording, Claim blocked, Claim moved) {
    /** Whether it says that it does not watch. */
    public boolean bad() {
        return !online || recording == Claim.NO || blocked == Claim.YES;
    }
}
