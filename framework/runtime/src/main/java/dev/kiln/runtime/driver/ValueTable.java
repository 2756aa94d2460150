package dev.kiln.runtime.driver;

import org.jspecify.annotations.Nullable;

/**
 * Values by number. Numbers are given in order, so pages of an array do: a value costs four bytes here, and the page of
 * values that are all forgotten is let go. Not thread-safe: the owner of the driver's loop has it.
 */
final class ValueTable {

    private static final int BITS = 10;
    private static final int PAGE = 1 << BITS;

    private @Nullable Page[] pages = new Page[16];

    void put(ValueState value) {
        int at = Math.toIntExact(value.id >>> BITS);
        if (at >= pages.length) {
            pages = java.util.Arrays.copyOf(pages, Math.max(at + 1, pages.length * 2));
        }
        Page page = pages[at];
        if (page == null) {
            page = new Page();
            pages[at] = page;
        }
        page.values[(int) value.id & (PAGE - 1)] = value;
        page.used++;
    }

    @Nullable ValueState find(long id) {
        int at = Math.toIntExact(id >>> BITS);
        Page page = at < pages.length ? pages[at] : null;
        return page == null ? null : page.values[(int) id & (PAGE - 1)];
    }

    ValueState get(long id) {
        ValueState found = find(id);
        if (found == null) {
            throw new IllegalStateException("the driver knows no value " + id);
        }
        return found;
    }

    void remove(long id) {
        int at = Math.toIntExact(id >>> BITS);
        Page page = at < pages.length ? pages[at] : null;
        if (page != null && page.values[(int) id & (PAGE - 1)] != null) {
            page.values[(int) id & (PAGE - 1)] = null;
            if (--page.used == 0) {
                pages[at] = null;
            }
        }
    }

    private static final class Page {
        final @Nullable ValueState[] values = new ValueState[PAGE];
        int used;
    }
}
