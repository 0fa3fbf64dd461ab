// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import android.content.Context;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.device.BoundedCalls;
import org.keepone.device.PhoneUser;
import org.keepone.device.RolesCompat;
import org.keepone.device.Withheld;

/**
 * Who holds the platform's roles. A snapshot has one list for the phone, so the holders for every user stand in it, each
 * once.
 */
final class RoleHolders {
    private final Map<String, List<String>> holders = new TreeMap<>();

    /** Asks for every role and user, and notes what was withheld. */
    RoleHolders(@NonNull Context context, @NonNull BoundedCalls calls, @NonNull List<PhoneUser> users,
            @NonNull NotRead notRead) {
        RolesCompat roles = new RolesCompat(context, calls);
        for (PhoneUser user : users) {
            for (String role : RolesCompat.NAMES) {
                try {
                    for (String holder : roles.holders(role, user.id())) {
                        List<String> known = holders.computeIfAbsent(role, each -> new ArrayList<>());
                        if (!known.contains(holder)) {
                            known.add(holder);
                        }
                    }
                } catch (Withheld withheld) {
                    notRead.add("holders of " + role + " for user " + user.id(), withheld);
                }
            }
        }
    }

    /** Writes the field {@code default-holders}. */
    void write(@NonNull JsonWriter json) throws IOException {
        json.name("default-holders").beginArray();
        for (Map.Entry<String, List<String>> role : holders.entrySet()) {
            for (String holder : role.getValue()) {
                json.beginObject();
                json.name("role").value(role.getKey());
                json.name("package").value(holder);
                json.name("path").value("role");
                json.endObject();
            }
        }
        json.endArray();
    }
}
