// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** The switches of one package for one user of the phone, in the order of the core. */
public record Sheet(
        @NonNull String name, int user, @Nullable Wording untouchable, @NonNull List<Area> areas) {

    /** One of the areas of control. */
    public record Area(@NonNull String id, @Nullable Wording name, @NonNull List<Switch> switches) {
    }

    /** What may be done about a switch from here. */
    public enum May {
        /** It can be set. */
        SET,
        /** The system's own page can set it; the switch names which. */
        OPEN_PAGE,
        /** Neither; the switch says why. */
        NO
    }

    /** One switch: what it is now, who decided that, and what may be done about it. */
    public record Switch(
            @NonNull String id,
            @Nullable Wording name,
            @NonNull String kind,
            @NonNull String state,
            @Nullable Obstacle because,
            @NonNull May may,
            @Nullable Wording who,
            @Nullable String page,
            @NonNull List<Open> opens,
            @NonNull List<Item> items,
            @NonNull Set<String> names,
            @NonNull List<Size> sizes,
            @Nullable Wording cannot,
            @Nullable Wording limit,
            boolean destroys) {

        /** Returns whether it is on; {@code null} when only partly, or when it is not known. */
        @Nullable
        public Boolean on() {
            switch (state) {
                case "on":
                    return Boolean.TRUE;
                case "off":
                    return Boolean.FALSE;
                default:
                    return null;
            }
        }

        /** Returns whether the package has such a thing at all. */
        public boolean applies() {
            return !state.equals("not-applicable");
        }

        /** Returns whether it is done once, and not turned on and off. */
        public boolean isAction() {
            return kind.equals("action");
        }
    }

    /** Why something was not read: the core's word, and the platform's own words. */
    public record Obstacle(@NonNull String because, @NonNull String detail) {
    }

    /** One thing that a switch turns: a permission, a component, an operation. */
    public record Item(@NonNull String what, @NonNull String state, @NonNull List<String> answers) {
    }

    /** One way to open a page of the system; the best stands first. */
    public record Open(
            @Nullable String action, @Nullable String component, @Nullable String data, @Nullable String extra) {
    }

    /** A part of the storage that a package takes; {@code null} bytes were not read. */
    public record Size(@NonNull String part, @Nullable Long bytes) {
    }

    /** Reads the answer to {@code control} with {@code sheet}. */
    @NonNull
    public static Sheet parse(@NonNull String json) throws JSONException {
        Fields answer = Fields.document(json);
        List<Area> areas = new ArrayList<>();
        for (Fields area : answer.list("areas")) {
            List<Switch> switches = new ArrayList<>();
            for (Fields one : area.list("switches")) {
                switches.add(one(one));
            }
            areas.add(new Area(area.text("id", ""), area.wording("name"), Collections.unmodifiableList(switches)));
        }
        return new Sheet(
                answer.text("package", ""),
                answer.count("user"),
                answer.wording("untouchable"),
                Collections.unmodifiableList(areas));
    }

    /** Returns the area; {@code null} when the core says nothing of it. */
    @Nullable
    public Area area(@NonNull String id) {
        for (Area area : areas) {
            if (area.id().equals(id)) {
                return area;
            }
        }
        return null;
    }

    @NonNull
    private static Switch one(@NonNull Fields fields) {
        List<Open> opens = new ArrayList<>();
        for (Fields open : fields.list("opens")) {
            opens.add(new Open(
                    open.text("action"), open.text("component"), open.text("data"), open.text("extra")));
        }
        List<Item> items = new ArrayList<>();
        for (Fields item : fields.list("items")) {
            items.add(new Item(
                    Change.detail(item.object("cell")), item.text("state", "unknown"), item.texts("answers")));
        }
        return new Switch(
                fields.text("id", ""),
                fields.wording("name"),
                fields.text("kind", "switch"),
                fields.text("state", "unknown"),
                obstacle(fields),
                may(fields.text("may", "")),
                fields.object("who").wording("text"),
                fields.text("page"),
                Collections.unmodifiableList(opens),
                Collections.unmodifiableList(items),
                names(fields),
                sizes(fields),
                fields.wording("cannot"),
                fields.wording("limit"),
                Boolean.TRUE.equals(fields.flag("destroys")));
    }

    /** Returns the permissions and operations behind a switch: the record of processing calls them by these names. */
    @NonNull
    private static Set<String> names(@NonNull Fields fields) {
        Set<String> names = new HashSet<>();
        for (Fields reading : fields.list("cells")) {
            names.add(Change.detail(reading.object("cell")));
        }
        return Collections.unmodifiableSet(names);
    }

    @Nullable
    private static Obstacle obstacle(@NonNull Fields fields) {
        Fields because = fields.object("because");
        String word = because.text("because");
        return word == null ? null : new Obstacle(word, because.text("detail", ""));
    }

    @NonNull
    private static List<Size> sizes(@NonNull Fields fields) {
        List<Size> sizes = new ArrayList<>();
        for (Fields reading : fields.list("cells")) {
            Fields cell = reading.object("cell");
            if (cell.text("cell", "").equals("storage")) {
                sizes.add(new Size(cell.text("part", ""), reading.number("value")));
            }
        }
        return Collections.unmodifiableList(sizes);
    }

    @NonNull
    private static May may(@NonNull String word) {
        switch (word) {
            case "set":
                return May.SET;
            case "open-page":
                return May.OPEN_PAGE;
            default:
                return May.NO;
        }
    }
}
