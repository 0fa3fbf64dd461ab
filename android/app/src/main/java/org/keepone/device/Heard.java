// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepone.annotation.NonNull;

/**
 * What was heard of that may have changed the phone, counted: whoever keeps what was read asks here whether it still counts,
 * and whoever shows it can have himself called.
 *
 * <p>The same for all who read in this process. Any thread may tell and ask.
 */
public final class Heard {
    private static final Object LOCK = new Object();
    private static final Map<String, Integer> BY_NAME = new HashMap<>();
    private static final Set<Runnable> CALLED = new HashSet<>();
    private static int times;
    private static int ofAll;
    private static int ofPhone;

    private Heard() {
    }

    /**
     * Tells that an app may have been changed.
     *
     * @param name its package name
     */
    public static void app(@NonNull String name) {
        synchronized (LOCK) {
            BY_NAME.put(name, ++times);
        }
        callAll();
    }

    /** Tells that any app may have been changed, and that the same apps are there. */
    public static void apps() {
        synchronized (LOCK) {
            ofAll = ++times;
        }
        callAll();
    }

    /** Tells that apps may have come, gone, or become others. */
    public static void phone() {
        synchronized (LOCK) {
            ofPhone = ++times;
        }
        callAll();
    }

    /**
     * Calls somebody whenever anything is told, until {@link #leave}.
     *
     * @param called is called on the thread that tells, and has to be quick
     */
    public static void call(@NonNull Runnable called) {
        synchronized (LOCK) {
            CALLED.add(called);
        }
    }

    /**
     * Calls somebody no more.
     *
     * @param called what {@link #call} was given
     */
    public static void leave(@NonNull Runnable called) {
        synchronized (LOCK) {
            CALLED.remove(called);
        }
    }

    private static void callAll() {
        List<Runnable> all;
        synchronized (LOCK) {
            all = new ArrayList<>(CALLED);
        }
        all.forEach(Runnable::run);
    }

    /** Returns how often anything was told: to be taken before reading, and kept with what was read. */
    public static int times() {
        synchronized (LOCK) {
            return times;
        }
    }

    /**
     * Returns whether anything was told of an app since.
     *
     * @param name its package name
     * @param before what {@link #times} said before it was read
     * @return whether it has to be read anew
     */
    public static boolean ofApp(@NonNull String name, int before) {
        synchronized (LOCK) {
            return ofPhone > before || ofAll > before || BY_NAME.getOrDefault(name, 0) > before;
        }
    }

    /**
     * Returns whether apps may have come, gone or become others since.
     *
     * @param before what {@link #times} said before they were read
     * @return whether the phone has to be read anew
     */
    public static boolean ofPhone(int before) {
        synchronized (LOCK) {
            return ofPhone > before;
        }
    }
}
