// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import static org.robolectric.util.ReflectionHelpers.ClassParameter.from;

import android.content.Context;
import android.content.pm.PackageManager.NameNotFoundException;
import android.os.UserHandle;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.annotation.RealObject;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowContextImpl;

/**
 * Robolectric's contexts, on a phone where this app is installed for the first user alone, as after the provisioning of a work
 * profile: of any other user the platform finds no package of that name. {@code createContextAsUser} goes the same way.
 */
@Implements(className = "android.app.ContextImpl")
public class PhoneContexts extends ShadowContextImpl {
    @RealObject private Context real;

    @Implementation
    protected Context createPackageContextAsUser(String name, int flags, UserHandle user) throws NameNotFoundException {
        if (user.hashCode() != 0 && name.equals(real.getPackageName())) {
            throw new NameNotFoundException("Application package " + name + " not found");
        }
        return Shadow.directlyOn(real, "android.app.ContextImpl", "createPackageContextAsUser",
                from(String.class, name), from(int.class, flags), from(UserHandle.class, user));
    }
}
