// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;

/** One thing that an app did, or that was done to its permissions, as the record takes it. Times are in milliseconds. */
final class Event {
    private final long at;
    private final String kind;
    private final String packageName;
    private final int user;
    private final String what;
    private final String attribution;
    private final Boolean allowed;
    private final Long lasted;
    private final long count;
    private final String source;

    private Event(long at, @NonNull String kind, @NonNull String packageName, int user, @NonNull String what,
            @Nullable String attribution, @Nullable Boolean allowed, @Nullable Long lasted, long count,
            @NonNull String source) {
        this.at = at;
        this.kind = kind;
        this.packageName = packageName;
        this.user = user;
        this.what = what;
        this.attribution = attribution;
        this.allowed = allowed;
        this.lasted = lasted;
        this.count = count;
        this.source = source;
    }

    /** An op was noted: the app touched what it guards, or was kept from it. */
    @NonNull
    static Event noted(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, boolean allowed) {
        return new Event(at, "access", packageName, uid / 100_000, op, attribution, allowed, null, 1, "live");
    }

    /** An op was active for a while: the camera was on. */
    @NonNull
    static Event lasted(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, long lasted) {
        return new Event(at, "access", packageName, uid / 100_000, op, attribution, true, lasted, 1, "live");
    }

    /** The platform's own history says so. */
    @NonNull
    static Event history(long at, int uid, @NonNull String packageName, @NonNull String op,
            @Nullable String attribution, boolean allowed, long lasted, long count) {
        return new Event(at, "access", packageName, uid / 100_000, op, attribution, allowed,
                lasted > 0 ? lasted : null, count, "history");
    }

    /** A permission was granted or revoked. */
    @NonNull
    static Event permission(long at, int uid, @NonNull String packageName, @NonNull String permission,
            boolean granted) {
        return new Event(at, granted ? "grant" : "revoke", packageName, uid / 100_000, permission, null, null, null, 1,
                "live");
    }

    /** Whether another event of the same moment says the same, so that both are one with a count. */
    boolean isSameAs(@NonNull Event other, long withinMillis) {
        return lasted == null && other.lasted == null && Math.abs(at - other.at) <= withinMillis
                && user == other.user && kind.equals(other.kind) && packageName.equals(other.packageName)
                && what.equals(other.what) && source.equals(other.source)
                && Objects.equals(attribution, other.attribution) && Objects.equals(allowed, other.allowed);
    }

    /** Returns both as one. */
    @NonNull
    Event with(@NonNull Event other) {
        return new Event(at, kind, packageName, user, what, attribution, allowed, lasted, count + other.count, source);
    }

    /** Whether the platform named an app at all. */
    boolean isOfPackage() {
        return PackageNames.isName(packageName);
    }

    @NonNull
    JSONObject json() {
        JSONObject json = new JSONObject();
        try {
            json.put("at", Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.MILLIS).toString());
            json.put("kind", kind);
            json.put("package", packageName);
            json.put("user", user);
            json.put("what", what);
            json.put("source", source);
            if (attribution != null) {
                json.put("attribution", attribution);
            }
            if (allowed != null) {
                json.put("allowed", allowed.booleanValue());
            }
            if (lasted != null) {
                json.put("lasted-ms", lasted.longValue());
            }
            if (count != 1) {
                json.put("count", count);
            }
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
        return json;
    }
}
