// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import android.content.pm.ComponentInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Withheld;

/**
 * Which components of a package are in force for a user though the manifest disables them, and the other way round. Learned by
 * asking again without the disabled ones, since no single question tells the setting of many components.
 */
final class EffectiveComponents {
    private final TreeSet<String> disabled = new TreeSet<>();
    private final TreeSet<String> enabled = new TreeSet<>();

    private EffectiveComponents() {
    }

    /** Returns the components that the manifest enables and the user's state disables. */
    @NonNull
    TreeSet<String> disabled() {
        return disabled;
    }

    /** Returns the components that the manifest disables and the user's state enables. */
    @NonNull
    TreeSet<String> enabled() {
        return enabled;
    }

    /**
     * Asks what is in force.
     *
     * @param all the same package with every component
     * @throws Withheld when it was not told
     */
    @NonNull
    static EffectiveComponents of(@NonNull Packages packages, @NonNull PackageInfo all, int user) throws Withheld {
        EffectiveComponents found = new EffectiveComponents();
        PackageInfo whole = null;
        try {
            whole = packages.info(all.packageName, user, Flags.EFFECTIVE | Flags.COMPONENTS);
        } catch (Withheld withheld) {
            if (!withheld.mayBeTooLarge()) {
                throw withheld;
            }
        }
        for (ComponentKind kind : ComponentKind.values()) {
            PackageInfo part = whole != null ? whole
                    : packages.info(all.packageName, user, Flags.EFFECTIVE | kind.flag());
            found.compare(kind.of(all), kind.of(part));
        }
        PackageInfo part = whole != null ? whole
                : packages.info(all.packageName, user, Flags.EFFECTIVE | PackageManager.GET_PROVIDERS);
        found.compare(all.providers, part.providers);
        return found;
    }

    private void compare(@Nullable ComponentInfo[] all, @Nullable ComponentInfo[] effective) {
        if (all == null) {
            return;
        }
        Set<String> inForce = new HashSet<>();
        if (effective != null) {
            for (ComponentInfo component : effective) {
                inForce.add(component.name);
            }
        }
        for (ComponentInfo component : all) {
            if (component.enabled && !inForce.contains(component.name)) {
                disabled.add(component.name);
            } else if (!component.enabled && inForce.contains(component.name)) {
                enabled.add(component.name);
            }
        }
    }
}
