// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import android.content.pm.ComponentInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** The kinds of components that answer intents, and where the platform's records keep them. */
enum ComponentKind {
    ACTIVITY("activity", "activities", PackageManager.GET_ACTIVITIES) {
        @Override
        @Nullable
        ComponentInfo[] of(@NonNull PackageInfo info) {
            return info.activities;
        }

        @Override
        void put(@NonNull PackageInfo into, @NonNull PackageInfo from) {
            into.activities = from.activities;
        }
    },
    RECEIVER("receiver", "receivers", PackageManager.GET_RECEIVERS) {
        @Override
        @Nullable
        ComponentInfo[] of(@NonNull PackageInfo info) {
            return info.receivers;
        }

        @Override
        void put(@NonNull PackageInfo into, @NonNull PackageInfo from) {
            into.receivers = from.receivers;
        }
    },
    SERVICE("service", "services", PackageManager.GET_SERVICES) {
        @Override
        @Nullable
        ComponentInfo[] of(@NonNull PackageInfo info) {
            return info.services;
        }

        @Override
        void put(@NonNull PackageInfo into, @NonNull PackageInfo from) {
            into.services = from.services;
        }
    };

    private final String word;
    private final String list;
    private final int flag;

    ComponentKind(@NonNull String word, @NonNull String list, int flag) {
        this.word = word;
        this.list = list;
        this.flag = flag;
    }

    /** Returns the components of this kind. */
    @Nullable
    abstract ComponentInfo[] of(@NonNull PackageInfo info);

    /** Takes the components of this kind over from another answer. */
    abstract void put(@NonNull PackageInfo into, @NonNull PackageInfo from);

    /** Returns the component of this kind in an answer to an intent. */
    @Nullable
    ComponentInfo in(@NonNull ResolveInfo answer) {
        return this == SERVICE ? answer.serviceInfo : answer.activityInfo;
    }

    /** Returns the word of a probe. */
    @NonNull
    String word() {
        return word;
    }

    /** Returns the name of the list in a snapshot. */
    @NonNull
    String list() {
        return list;
    }

    /** Returns the flag that asks for this kind. */
    int flag() {
        return flag;
    }

    /** Returns the kind that a probe names, {@code null} for a word that this program does not know. */
    @Nullable
    static ComponentKind of(@NonNull String word) {
        for (ComponentKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
