// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.Context;

import org.json.JSONArray;

import org.keepone.annotation.NonNull;
import org.keepone.device.BoundedCalls;
import org.keepone.device.RolesCompat;
import org.keepone.device.Withheld;

/** Who holds a role. */
final class RoleHand implements Hand {
    private final RolesCompat roles;

    RoleHand(@NonNull Context context, @NonNull BoundedCalls calls) {
        roles = new RolesCompat(context, calls);
    }

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return new JSONArray(roles.holders(cell.field("role"), cell.user()));
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        roles.hold(cell.field("role"), cell.user(), Values.words(value));
    }
}
