// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import android.app.AppOpsManager;
import android.content.pm.ComponentInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.AppOpsCompat;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * Everything the platform keeps for a package and a user that goes when it is uninstalled. Either all of it could be read, or
 * the cell could not: a part would make the rest look as if it were nothing. Special access alone may stand there unread
 * ({@code null}), since no app but the system's own sees all of it: the core then tells that it may be lost.
 */
final class HoldingsHand implements Hand {
    private final Map<String, Hand> hands;

    /** Takes the hands that read the single cells. */
    HoldingsHand(@NonNull Map<String, Hand> hands) {
        this.hands = hands;
    }

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        JSONArray held = new JSONArray();
        for (Cell part : parts(cell, sight)) {
            Hand hand = hands.get(part.kind());
            if (hand == null) {
                throw new Withheld(Because.FAILED, "no hand for " + part.kind());
            }
            Object value;
            try {
                value = hand.read(part, sight);
            } catch (Withheld withheld) {
                if (withheld.because() == Because.NOT_ON_THIS_RELEASE) {
                    continue;
                } else if (!part.kind().equals("special-access")) {
                    throw withheld;
                }
                value = JSONObject.NULL;
            }
            if (!isUsual(part, value)) {
                add(held, part, value);
            }
        }
        return held;
    }

    private static void add(@NonNull JSONArray held, @NonNull Cell part, @NonNull Object value) {
        try {
            held.put(new JSONObject().put("cell", part.written()).put("value", value));
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        throw new Withheld(Because.FAILED, "what a package holds is written cell by cell");
    }

    /** Whether a value is what every package has that nobody touched. */
    private static boolean isUsual(@NonNull Cell part, @NonNull Object value) {
        switch (part.kind()) {
            case "package-enabled":
            case "component-enabled":
                return "default".equals(value);
            case "block-uninstall":
            case "special-access":
                return Boolean.FALSE.equals(value);
            default:
                return false;
        }
    }

    @NonNull
    private static List<Cell> parts(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        List<Cell> parts = new ArrayList<>();
        String name = cell.packageName();
        int user = cell.user();
        parts.add(Cell.made("package-enabled", name, user, null, null));
        parts.add(Cell.made("block-uninstall", name, user, null, null));
        parts.add(Cell.made("standby-bucket", name, user, null, null));
        for (String access : AccessHand.words()) {
            parts.add(Cell.made("special-access", name, user, "access", access));
        }
        PackageInfo info = sight.packageInfo(cell, PackageManager.GET_PERMISSIONS);
        for (int i = 0; info.requestedPermissions != null && i < info.requestedPermissions.length; i++) {
            String permission = info.requestedPermissions[i];
            if (isRuntime(cell, permission, sight)) {
                parts.add(Cell.made("permission", name, user, "permission", permission));
            }
        }
        AppOpsManager ops = sight.context(user).getSystemService(AppOpsManager.class);
        if (ops != null) {
            int uid = sight.uid(cell);
            for (AppOpsCompat.SetOp set : sight.ask(cell, () -> AppOpsCompat.set(ops, uid, name))) {
                parts.add(Cell.made("app-op", name, user, "op", set.op()));
            }
        }
        components(cell, sight, parts);
        return parts;
    }

    private static boolean isRuntime(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight)
            throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        try {
            PermissionInfo info = sight.ask(cell, () -> manager.getPermissionInfo(permission, 0));
            return PermissionsCompat.isRuntime(info);
        } catch (Withheld withheld) {
            if (withheld.because() == Because.GONE) {
                // Asked for by the manifest and defined by nobody: there is nothing to hold.
                return false;
            }
            throw withheld;
        }
    }

    private static void components(@NonNull Cell cell, @NonNull Sight sight, @NonNull List<Cell> parts)
            throws Withheld {
        add(cell, sight.packageInfo(cell, PackageManager.GET_ACTIVITIES).activities, parts);
        add(cell, sight.packageInfo(cell, PackageManager.GET_RECEIVERS).receivers, parts);
        add(cell, sight.packageInfo(cell, PackageManager.GET_SERVICES).services, parts);
        add(cell, sight.packageInfo(cell, PackageManager.GET_PROVIDERS).providers, parts);
    }

    private static void add(@NonNull Cell cell, @Nullable ComponentInfo[] components, @NonNull List<Cell> parts)
            throws Withheld {
        for (int i = 0; components != null && i < components.length; i++) {
            parts.add(Cell.made("component-enabled", cell.packageName(), cell.user(), "component", components[i].name));
        }
    }
}
