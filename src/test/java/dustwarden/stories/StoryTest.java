package dustwarden.stories;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every story. Those in {@code known-failing.txt} are known not to go as they should: they are played too, and
 * one that goes well must leave the list. {@code -Dstory=part} plays only stories whose name has that part.
 */
class StoryTest {
    private static final Path KNOWN = Story.FOLDER.resolve("known-failing.txt");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> storiesGoAsTheyShould() throws IOException {
        Map<String, String> known = known();
        Optional<String> only = Optional.ofNullable(System.getProperty("story"));
        return Story.all().stream()
                .filter(story -> story.name().contains(only.orElse("")))
                .map(story -> dynamicTest(story.name(), () -> play(story, Optional.ofNullable(known.get(story.name())))));
    }

    @Test
    void namesAreOnceAndTheKnownOnesExist() throws IOException {
        Set<String> names = new HashSet<>();
        for (Story story : Story.all()) {
            assertTrue(names.add(story.name()), "two stories are called " + story.name());
            assertFalse(story.says().isBlank(), story.name() + " does not say which sentence demands it");
        }
        known().keySet().forEach(name -> assertTrue(names.contains(name), KNOWN + " names no story: " + name));
    }

    private void play(Story story, Optional<String> known) throws IOException {
        List<String> troubles = new StoryRun(story, Files.createTempDirectory(directory, "story")).troubles();
        if (known.isPresent()) {
            assertFalse(troubles.isEmpty(), story.name() + " goes well now: take it out of " + KNOWN);
        } else {
            assertTrue(troubles.isEmpty(), () -> story.name() + "\n" + story.says() + "\n" + String.join("\n", troubles));
        }
    }

    /** A line is {@code name # why}. */
    private static Map<String, String> known() throws IOException {
        Map<String, String> known = new HashMap<>();
        for (String line : Files.readAllLines(KNOWN)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int why = line.indexOf(" # ");
                assertTrue(why > 0, KNOWN + ": wants 'name # why', got " + line);
                known.put(line.substring(0, why), line.substring(why + 3));
            }
        }
        return known;
    }
}
