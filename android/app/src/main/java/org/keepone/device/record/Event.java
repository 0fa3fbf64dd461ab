// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.PackageNames;

/** One thing that an app did, or that was done to its permissions, as the record takes it ({@code src/record/event.rs}). Times are in milliseconds. */
final class Event {
    private final long at;
    private final String kind;
    private final String packageName;
    private final int user;
    private final String what;
    private final String attribution;
    private final long lasted;
    private final long count;
    private final String origin;

    private Event(long at, @NonNull String kind, @NonNull String packageName, int user, @NonNull String what,
            @Nullable String attribution, long lasted, long count, @NonNull String origin) {
        this.at = at;
        this.kind = kind;
        this.packageName = packageName;
        this.user = user;
        this.what = what;
        this.attribution = attribution;
        this.lasted = lasted;
        this.count = count;
        this.origin = origin;
    }

    @NonNull
    private static String used(boolean allowed) {
        return allowed ? "access" : "denied";
    }

    /** An op was noted: the app touched what it guards, or was kept from it. */
    @NonNull
    static Event noted(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, boolean allowed) {
        return new Event(at, used(allowed), packageName, uid / 100_000, op, attribution, 0, 1, "live");
    }

    /** An op was active for a while: the camera was on. */
    @NonNull
    static Event lasted(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, long lasted) {
        return new Event(at, "access", packageName, uid / 100_000, op, attribution, lasted, 1, "live");
    }

    /** The platform's own history says so. */
    @NonNull
    static Event history(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, boolean allowed, long lasted, long count) {
        return new Event(at, used(allowed), packageName, uid / 100_000, op, attribution, lasted, count,
                "platform-history");
    }

    /** A permission was granted or revoked. */
    @NonNull
    static Event permission(long at, int uid, @NonNull String packageName, @NonNull String permission,
            boolean granted) {
        return new Event(at, granted ? "grant" : "revoke", packageName, uid / 100_000, permission, null, 0, 1, "live");
    }

    /** A package was installed, updated or removed. */
    @NonNull
    static Event ofPackage(long at, int user, @NonNull String packageName, @NonNull String kind) {
        return new Event(at, kind, packageName, user, "installed", null, 0, 1, "live");
    }

    /** Events did not fit while the store could not be written: so many are missing here. */
    @NonNull
    static Event missing(long at, int user, @NonNull String ownName, long count) {
        return new Event(at, "control", ownName, user, "record/not-kept", null, 0, count, "ours");
    }

    /** What happened between two times is not known: the platform did not hand over its history, for this reason. */
    @NonNull
    static Event unknown(long from, long to, int user, @NonNull String ownName, @NonNull Because because) {
        return new Event(from, "control", ownName, user, "record/history-" + because.word(), null, to - from, 1, "ours");
    }

    /** Whether another event of the same moment says the same, so that both are one with a count. */
    boolean isSameAs(@NonNull Event other, long withinMillis) {
        return lasted == 0 && other.lasted == 0 && Math.abs(at - other.at) <= withinMillis
                && user == other.user && kind.equals(other.kind) && packageName.equals(other.packageName)
                && what.equals(other.what) && origin.equals(other.origin)
                && Objects.equals(attribution, other.attribution);
    }

    /** Returns both as one. */
    @NonNull
    Event with(@NonNull Event other) {
        return new Event(at, kind, packageName, user, what, attribution, lasted, count + other.count, origin);
    }

    /** Returns the user of the phone for whom it happened. */
    int user() {
        return user;
    }

    /** Whether the platform named an app at all. */
    boolean isOfPackage() {
        return PackageNames.isName(packageName);
    }

    @NonNull
    JSONObject json() {
        JSONObject json = new JSONObject();
        try {
            json.put("when", moment(at));
            if (lasted > 0) {
                json.put("until", moment(at + lasted));
            }
            json.put("user", user);
            json.put("package", packageName);
            json.put("kind", kind);
            json.put("what", what);
            if (count != 1) {
                json.put("count", count);
            }
            if (attribution != null) {
                json.put("attribution", attribution);
            }
            json.put("origin", origin);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
        return json;
    }

    @NonNull
    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
