package dustwarden.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A play for whole sites: the scripts of sites and regions and the seed of all chance in it. */
public record Scenario(String id, long seed, List<SiteScript> sites, List<RegionScript> regions) {

    public Scenario {
        Objects.requireNonNull(id, "id");
        sites = List.copyOf(sites);
        regions = List.copyOf(regions);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("scenario " + id + " has no sites");
        }
    }

    /** How many devices the sites have together. */
    public int deviceCount() {
        return sites.stream().mapToInt(one -> one.site().devices().size()).sum();
    }

    /**
     * The same scenario with exactly that many devices.
     *
     * <p>The sites are repeated in order: the first round keeps its ids, the sites of round k are called
     * {@code <site>-x<k>}, and the last site keeps only as many of its devices as are still wanted.
     */
    public Scenario withDevices(int devices) {
        if (devices < 1) {
            throw new IllegalArgumentException("devices " + devices + ", wanted at least 1");
        }
        List<SiteScript> kept = new ArrayList<>();
        int wanted = devices;
        for (int round = 1; wanted > 0; round++) {
            for (SiteScript script : sites) {
                int size = Math.min(wanted, script.site().devices().size());
                if (size > 0) {
                    kept.add(script.copy(copyId(script.site().id(), round), size));
                    wanted -= size;
                }
            }
        }
        return new Scenario(id, seed, kept, regions);
    }

    private static String copyId(String site, int round) {
        if (round == 1) {
            return site;
        }
        String tail = "-x" + round;
        return site.substring(0, Math.min(site.length(), Ids.LENGTH_MAX - tail.length())) + tail;
    }
}
