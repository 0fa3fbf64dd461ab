// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import android.os.Bundle;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Failure;

/** One thing that a person asks for and is asked about. A value that survives the death of the process. */
record Deed(
        @NonNull Kind kind,
        @NonNull String name,
        int user,
        @NonNull String area,
        @NonNull String id,
        @NonNull String to,
        @NonNull List<Long> numbers) {

    /** What is done. */
    enum Kind {
        SET,
        HOLD,
        RESUME,
        REMOVE,
        BRING_BACK,
        UNDO,
        UNDO_ALL
    }

    @NonNull
    static Deed set(
            @NonNull String name, int user, @NonNull String area, @NonNull String id, @NonNull String to) {
        return new Deed(Kind.SET, name, user, area, id, to, List.of());
    }

    @NonNull
    static Deed of(@NonNull Kind kind, @NonNull String name, int user) {
        return new Deed(kind, name, user, "", "", "", List.of());
    }

    @NonNull
    static Deed undo(int user, @NonNull List<Long> numbers) {
        return new Deed(Kind.UNDO, "", user, "", "", "", numbers);
    }

    /** Does it. */
    @WorkerThread
    @NonNull
    Done on(@NonNull Phone phone) throws Failure {
        switch (kind) {
            case SET:
                return phone.set(name, user, area, id, to);
            case HOLD:
                return phone.hold();
            case RESUME:
                return phone.resume(user);
            case REMOVE:
                return phone.remove(name, user);
            case BRING_BACK:
                return phone.bringBack(name, user);
            case UNDO:
                return phone.undo(user, numbers);
            default:
                return phone.undoAll();
        }
    }

    @NonNull
    Bundle bundle() {
        Bundle bundle = new Bundle();
        bundle.putString("kind", kind.name());
        bundle.putString("name", name);
        bundle.putInt("user", user);
        bundle.putString("area", area);
        bundle.putString("id", id);
        bundle.putString("to", to);
        long[] all = new long[numbers.size()];
        for (int at = 0; at < all.length; at++) {
            all[at] = numbers.get(at);
        }
        bundle.putLongArray("numbers", all);
        return bundle;
    }

    /** Reads a deed back; {@code null} when the bundle holds none. */
    @Nullable
    static Deed from(@Nullable Bundle bundle) {
        if (bundle == null) {
            return null;
        }
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(bundle.getString("kind"))) {
                List<Long> numbers = new ArrayList<>();
                long[] all = bundle.getLongArray("numbers");
                for (int at = 0; all != null && at < all.length; at++) {
                    numbers.add(all[at]);
                }
                return new Deed(
                        kind,
                        bundle.getString("name", ""),
                        bundle.getInt("user"),
                        bundle.getString("area", ""),
                        bundle.getString("id", ""),
                        bundle.getString("to", ""),
                        numbers);
            }
        }
        return null;
    }
}
