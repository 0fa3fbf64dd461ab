// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import android.app.AppOpsManager;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * App-ops across releases: names ({@code android:camera}) have methods of their own since Android 9 or 10, numbers before. A
 * maker's own op has a number and no name.
 */
public final class AppOpsCompat {
    private static final String[] MODES = {"allowed", "ignored", "errored", "default", "foreground"};

    /** The names by number, for releases that only turn a name into its number. */
    @Nullable private static Map<Integer, String> names;

    private AppOpsCompat() {
    }

    /**
     * Returns the word of a mode.
     *
     * @param mode {@code AppOpsManager.MODE_*}
     * @return its word
     * @throws Withheld for a mode of no known kind
     */
    @NonNull
    public static String word(int mode) throws Withheld {
        if (mode < 0 || mode >= MODES.length) {
            throw new Withheld(Because.FAILED, "an app-op mode of no known kind: " + mode);
        }
        return MODES[mode];
    }

    /**
     * Returns the mode of a word.
     *
     * @param word the word
     * @return {@code AppOpsManager.MODE_*}
     * @throws Withheld for a word of no known kind
     */
    public static int mode(@NonNull String word) throws Withheld {
        for (int mode = 0; mode < MODES.length; mode++) {
            if (MODES[mode].equals(word)) {
                return mode;
            }
        }
        throw new Withheld(Because.FAILED, "no mode of an app-op: " + word);
    }

    /** Whether an op is given by a maker's number. */
    private static boolean isNumber(@NonNull String op) {
        return !op.isEmpty() && op.chars().allMatch(each -> each >= '0' && each <= '9');
    }

    /**
     * Returns the number of an op.
     *
     * @param op its name, or a number as text
     * @return its number on this release
     * @throws UnsupportedOperationException when this release has no such op
     */
    public static int number(@NonNull String op) {
        try {
            return isNumber(op) ? Integer.parseInt(op) : AppOpsManager.strOpToOp(op);
        } catch (IllegalArgumentException unknown) {
            // NumberFormatException is one too.
            throw new UnsupportedOperationException("no app-op " + op, unknown);
        }
    }

    /**
     * Returns the name of an op.
     *
     * @param op its number
     * @return its name, or the number as text where it has none
     */
    @NonNull
    public static String name(int op) {
        String name = null;
        try {
            name = Build.VERSION.SDK_INT >= 29 ? AppOpsManager.opToPublicName(op) : names().get(op);
        } catch (RuntimeException | LinkageError unknown) {
            return String.valueOf(op);
        }
        return name == null ? String.valueOf(op) : name;
    }

    /** Before Android 10 {@code opToName} gives another word ({@code CAMERA}); the constants hold those that are asked for. */
    @NonNull
    private static synchronized Map<Integer, String> names() {
        if (names == null) {
            Map<Integer, String> found = new HashMap<>();
            for (Field constant : AppOpsManager.class.getFields()) {
                if (constant.getName().startsWith("OPSTR_") && constant.getType() == String.class) {
                    put(constant, found);
                }
            }
            names = found;
        }
        return names;
    }

    private static void put(@NonNull Field constant, @NonNull Map<Integer, String> found) {
        try {
            String name = String.valueOf(constant.get(null));
            found.put(AppOpsManager.strOpToOp(name), name);
        } catch (IllegalAccessException | IllegalArgumentException notAnOp) {
            // Its number keeps standing for it.
            return;
        }
    }

    /**
     * Reads the mode that is set, which need not be the one in force at this moment ({@code foreground}).
     *
     * @param manager the app-ops
     * @param op the op
     * @param uid the app's uid
     * @param packageName the app
     * @return {@code AppOpsManager.MODE_*}
     */
    @SuppressWarnings("deprecation")
    public static int read(@NonNull AppOpsManager manager, @NonNull String op, int uid, @NonNull String packageName) {
        try {
            if (isNumber(op)) {
                return manager.checkOpNoThrow(number(op), uid, packageName);
            } else if (Build.VERSION.SDK_INT >= 29) {
                return manager.unsafeCheckOpRawNoThrow(op, uid, packageName);
            }
            return manager.checkOpNoThrow(op, uid, packageName);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
            throw new UnsupportedOperationException("no app-op " + op, unknown);
        }
    }

    /**
     * Sets a mode ({@code MANAGE_APP_OPS_MODES}). Ops behind a runtime permission keep their mode by uid, and one set for the
     * package would never be looked at (frameworks/base, {@code AppOpsService.checkOperation}).
     *
     * @param manager the app-ops
     * @param packages tells what is behind an op
     * @param op the op
     * @param uid the app's uid
     * @param packageName the app
     * @param mode {@code AppOpsManager.MODE_*}
     */
    public static void write(@NonNull AppOpsManager manager, @NonNull PackageManager packages, @NonNull String op,
            int uid, @NonNull String packageName, int mode) {
        int number = number(op);
        try {
            if (!isNumber(op) && isOfRuntimePermission(packages, number)) {
                manager.setUidMode(number, uid, mode);
            }
            manager.setMode(number, uid, packageName, mode);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
            throw new UnsupportedOperationException("no app-op " + op, unknown);
        }
    }

    @SuppressWarnings("deprecation")
    private static boolean isOfRuntimePermission(@NonNull PackageManager packages, int op) {
        String permission = AppOpsManager.opToPermission(op);
        if (permission == null) {
            return false;
        }
        try {
            int level = packages.getPermissionInfo(permission, 0).protectionLevel;
            return (level & PermissionInfo.PROTECTION_MASK_BASE) == PermissionInfo.PROTECTION_DANGEROUS;
        } catch (PackageManager.NameNotFoundException unknown) {
            return false;
        }
    }

    /** An op of an app whose mode somebody set. */
    public static final class SetOp {
        private final String op;
        private final int mode;

        SetOp(@NonNull String op, int mode) {
            this.op = op;
            this.mode = mode;
        }

        /** Returns its name. */
        @NonNull
        public String op() {
            return op;
        }

        /** Returns its mode. */
        public int mode() {
            return mode;
        }
    }

    /**
     * Lists the ops of an app that are not at their default ({@code GET_APP_OPS_STATS}).
     *
     * @param manager the app-ops
     * @param uid the app's uid
     * @param packageName the app
     * @return the ops
     */
    @SuppressWarnings("deprecation")
    @NonNull
    public static List<SetOp> set(@NonNull AppOpsManager manager, int uid, @NonNull String packageName) {
        List<SetOp> set = new ArrayList<>();
        List<AppOpsManager.PackageOps> listed = manager.getOpsForPackage(uid, packageName, (int[]) null);
        if (listed == null) {
            return set;
        }
        for (AppOpsManager.PackageOps ops : listed) {
            for (AppOpsManager.OpEntry entry : ops.getOps()) {
                Integer usual = usual(entry.getOp());
                if (usual == null || usual != entry.getMode()) {
                    set.add(new SetOp(name(entry.getOp()), entry.getMode()));
                }
            }
        }
        return set;
    }

    @Nullable
    private static Integer usual(int op) {
        try {
            return AppOpsManager.opToDefaultMode(op);
        } catch (IndexOutOfBoundsException makersOwn) {
            return null;
        }
    }
}
