package dustwarden.core;

import java.util.Arrays;

/** What all sites below one node of the region path look like together, kept as each of them changes. */
final class NodeOutlook {
    /** Instants in order, equal ones as often as they were added. */
    private static final class Instants {
        private long[] all = new long[4];
        private int size;

        void add(long at) {
            if (size == all.length) {
                all = Arrays.copyOf(all, size * 2);
            }
            int i = after(at);
            System.arraycopy(all, i, all, i + 1, size - i);
            all[i] = at;
            size++;
        }

        void remove(long at) {
            int i = after(at) - 1;
            System.arraycopy(all, i + 1, all, i, size - i - 1);
            size--;
        }

        int later(long than) {
            return size - after(than);
        }

        /** Index of the first that is later than an instant. */
        private int after(long at) {
            int low = 0;
            for (int high = size; low < high; ) {
                int middle = (low + high) >>> 1;
                if (all[middle] <= at) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private int limited;
    private int live;
    private final Instants dark = new Instants();
    private final Instants dusty = new Instants();

    /** Another site lies below it that a rule about particulates binds. */
    void addLimited() {
        limited++;
    }

    void add(SiteOutlook site) {
        live += site.live() ? 1 : 0;
        if (site.dark()) {
            dark.add(site.darkSince());
        }
        if (site.dusty()) {
            dusty.add(site.dustySince());
        }
    }

    void remove(SiteOutlook site) {
        live -= site.live() ? 1 : 0;
        if (site.dark()) {
            dark.remove(site.darkSince());
        }
        if (site.dusty()) {
            dusty.remove(site.dustySince());
        }
    }

    /** Sites that a rule about particulates binds. */
    int limited() {
        return limited;
    }

    /** Sites of which something was ever heard. */
    int live() {
        return live;
    }

    int dark() {
        return dark.size;
    }

    int darkSince(long after) {
        return dark.later(after);
    }

    int dusty() {
        return dusty.size;
    }

    int dustySince(long after) {
        return dusty.later(after);
    }
}
