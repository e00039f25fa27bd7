package dustwarden.settings;

import dustwarden.core.CommonCause;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * Where content comes from: the files that ship, and directories whose files add to them or override the same id.
 *
 * @param demoSites whether the sites that ship are in force
 * @param zone of a site whose file names none
 * @param channels names of the channels of the settings; empty: contacts are not checked against them
 * @param hj212MinuteUse whether rules use the interval data of HJ 212 devices
 * @param common from when on the trouble of many is one alarm
 */
public record ContentSources(
        Optional<Path> register,
        Optional<Path> rulebooks,
        Optional<Path> profiles,
        boolean demoSites,
        ZoneId zone,
        Optional<Set<String>> channels,
        boolean hj212MinuteUse,
        CommonCause common) {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public ContentSources {
        channels = channels.map(Set::copyOf);
    }

    /** Where many are as many as they are by default. */
    public ContentSources(Optional<Path> register, Optional<Path> rulebooks, Optional<Path> profiles, boolean demoSites, ZoneId zone,
            Optional<Set<String>> channels, boolean hj212MinuteUse) {
        this(register, rulebooks, profiles, demoSites, zone, channels, hj212MinuteUse, CommonCause.DEFAULT);
    }

    /** A register and rulebooks beside those that ship, as {@code judge} takes them. */
    public static ContentSources of(Path register, Optional<Path> rulebooks) {
        return new ContentSources(
                Optional.of(register), rulebooks, Optional.empty(), false, ZONE, Optional.empty(), false);
    }
}
