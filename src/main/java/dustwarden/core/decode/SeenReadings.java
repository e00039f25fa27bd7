package dustwarden.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The measured times of the readings of one device with a hash of each, as long as such a time is accepted.
 *
 * <p>Eight bytes a reading, in blocks of one UTC day: 350 KB for a device that reports each minute for a month. The
 * hash has 32 bits: one in four thousand million conflicts is called a duplicate, and neither changes anything.
 */
final class SeenReadings {
    private static final int DAY_MS = 86_400_000;

    private static final class Day {
        private long number;
        private int count;
        private int[] offsets = new int[16];
        private int[] hashes = new int[16];
    }

    /** By day, ascending. */
    private final List<Day> days = new ArrayList<>();

    /** 0 where the time was new and is now known, 1 where it is known with the same hash, -1 with another. */
    int add(long ts, long hash, long received) {
        forget(received);
        Day day = day(Math.floorDiv(ts, (long) DAY_MS));
        int offset = (int) Math.floorMod(ts, (long) DAY_MS);
        int shortHash = (int) (hash ^ hash >>> 32);
        int at = day.count == 0 || day.offsets[day.count - 1] < offset
                ? -day.count - 1
                : Arrays.binarySearch(day.offsets, 0, day.count, offset);
        if (at >= 0) {
            return day.hashes[at] == shortHash ? 1 : -1;
        }
        insert(day, -at - 1, offset, shortHash);
        return 0;
    }

    int size() {
        return days.stream().mapToInt(day -> day.count).sum();
    }

    private void forget(long received) {
        long first = Math.floorDiv(received - OwnSender.BEHIND_MAX_MS, (long) DAY_MS);
        while (!days.isEmpty() && days.get(0).number < first) {
            days.remove(0);
        }
    }

    private Day day(long number) {
        int i = days.size();
        while (i > 0 && days.get(i - 1).number >= number) {
            i--;
        }
        if (i < days.size() && days.get(i).number == number) {
            return days.get(i);
        }
        if (i == days.size() && i > 0) {
            trim(days.get(i - 1));
        }
        Day day = new Day();
        day.number = number;
        days.add(i, day);
        return day;
    }

    private static void trim(Day day) {
        day.offsets = Arrays.copyOf(day.offsets, day.count);
        day.hashes = Arrays.copyOf(day.hashes, day.count);
    }

    private static void insert(Day day, int at, int offset, int hash) {
        if (day.count == day.offsets.length) {
            int larger = day.count + Math.max(16, day.count / 4);
            day.offsets = Arrays.copyOf(day.offsets, larger);
            day.hashes = Arrays.copyOf(day.hashes, larger);
        }
        System.arraycopy(day.offsets, at, day.offsets, at + 1, day.count - at);
        System.arraycopy(day.hashes, at, day.hashes, at + 1, day.count - at);
        day.offsets[at] = offset;
        day.hashes[at] = hash;
        day.count++;
    }
}
