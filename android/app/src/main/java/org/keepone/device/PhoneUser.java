// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.os.Process;
import android.os.UserHandle;

import org.keepone.annotation.NonNull;

/** A user of the phone: Android's id, the kind in a snapshot's words ({@code main secondary work clone …}), and whose it is. */
public final class PhoneUser {
    private final int id;
    private final String kind;
    private final int group;
    private final boolean isAdmin;

    /**
     * Takes what is known of a user.
     *
     * @param id Android's user id
     * @param kind the kind, as snapshots name it
     * @param group the id of the user whose profile this is; its own where it is nobody's
     * @param isAdmin whether it administers the phone, that is, acts for other people's users
     */
    public PhoneUser(int id, @NonNull String kind, int group, boolean isAdmin) {
        this.id = id;
        this.kind = kind;
        this.group = group;
        this.isAdmin = isAdmin;
    }

    /** Returns Android's user id. */
    public int id() {
        return id;
    }

    /** Returns the kind, as snapshots name it. */
    @NonNull
    public String kind() {
        return kind;
    }

    /** Returns the id of the user whose profile this is; its own where it is nobody's. */
    public int group() {
        return group;
    }

    /** Returns whether it administers the phone. */
    public boolean isAdmin() {
        return isAdmin;
    }

    /** Returns the id of the user for whom this process runs. */
    public static int own() {
        return idOf(Process.myUserHandle());
    }

    /**
     * Returns the id behind a handle.
     *
     * @param handle a user's handle
     * @return its id
     */
    public static int idOf(@NonNull UserHandle handle) {
        // UserHandle.hashCode is its id on every release; getIdentifier is hidden from ordinary apps.
        return handle.hashCode();
    }
}
