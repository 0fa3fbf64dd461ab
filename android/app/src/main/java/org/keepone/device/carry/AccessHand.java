// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Special access that is kept in settings or by services of the platform. */
final class AccessHand implements Hand {
    private static final Map<String, Access> KINDS = kinds();

    @NonNull
    private static Map<String, Access> kinds() {
        Map<String, Access> kinds = new LinkedHashMap<>();
        kinds.put("notification-listener", new NotificationListeners());
        kinds.put("accessibility", new AccessibilityServices());
        kinds.put("device-admin", new DeviceAdmins());
        kinds.put("vpn", new VpnAccess());
        kinds.put("battery-unrestricted", new BatteryExemption());
        kinds.put("notification-policy", new NotificationPolicy());
        return Collections.unmodifiableMap(kinds);
    }

    /** Returns the words of all kinds. */
    @NonNull
    static Set<String> words() {
        return KINDS.keySet();
    }

    @NonNull
    private static Access kind(@NonNull Cell cell) throws Withheld {
        Access access = KINDS.get(cell.field("access"));
        if (access == null) {
            throw new Withheld(Because.FAILED, "no special access: " + cell.field("access"));
        }
        return access;
    }

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        sight.application(cell);
        return kind(cell).has(cell, sight);
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        boolean wanted = Values.flag(value);
        sight.application(cell);
        kind(cell).set(cell, wanted, sight);
    }
}
