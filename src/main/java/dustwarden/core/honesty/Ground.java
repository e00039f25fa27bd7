package dustwarden.core.honesty;

import dustwarden.core.model.Site;

/** Distances on the ground. */
final class Ground {
    private static final double EARTH_RADIUS_M = 6_371_000;

    private Ground() {}

    /** Metres between two places, good for short distances (equirectangular). */
    static double metres(Site.Position one, Site.Position other) {
        double north = StrictMath.toRadians(other.latitude() - one.latitude());
        double east = StrictMath.toRadians(other.longitude() - one.longitude())
                * StrictMath.cos(StrictMath.toRadians((one.latitude() + other.latitude()) / 2));
        return EARTH_RADIUS_M * StrictMath.sqrt(north * north + east * east);
    }
}
