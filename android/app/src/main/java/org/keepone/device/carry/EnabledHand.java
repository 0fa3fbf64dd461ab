// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.ComponentName;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** The enabled setting of a package or of one of its components ({@code CHANGE_COMPONENT_ENABLED_STATE} to write). */
final class EnabledHand implements Hand {
    /** The words of {@code PackageManager.COMPONENT_ENABLED_STATE_*}, by their numbers. */
    private static final String[] WORDS =
            {"default", "enabled", "disabled", "disabled-by-user", "disabled-until-used"};

    private final boolean ofComponent;

    EnabledHand(boolean ofComponent) {
        this.ofComponent = ofComponent;
    }

    /** Returns the word of a setting. */
    @NonNull
    static String word(int setting) throws Withheld {
        if (setting < 0 || setting >= WORDS.length) {
            throw new Withheld(Because.FAILED, "an enabled setting of no known kind: " + setting);
        }
        return WORDS[setting];
    }

    private static int setting(@NonNull String word) throws Withheld {
        for (int i = 0; i < WORDS.length; i++) {
            if (WORDS[i].equals(word)) {
                return i;
            }
        }
        throw Values.other("an enabled setting", word);
    }

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        // Some releases answer "default" for what they do not know.
        sight.application(cell);
        if (ofComponent) {
            ComponentName component = new ComponentName(cell.packageName(), cell.field("component"));
            return word(sight.ask(cell, () -> {
                try {
                    return manager.getComponentEnabledSetting(component);
                } catch (IllegalArgumentException unknown) {
                    throw new PackageManager.NameNotFoundException(component.flattenToShortString());
                }
            }));
        }
        String name = cell.packageName();
        return word(sight.ask(cell, () -> {
            try {
                return manager.getApplicationEnabledSetting(name);
            } catch (IllegalArgumentException unknown) {
                throw new PackageManager.NameNotFoundException(name);
            }
        }));
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        int setting = setting(Values.word(value));
        PackageManager manager = sight.manager(cell.user());
        // Asked first: to change what is not there is refused with the same exception as to change what may not be.
        read(cell, sight);
        if (ofComponent) {
            ComponentName component = new ComponentName(cell.packageName(), cell.field("component"));
            sight.make(cell, () ->
                    manager.setComponentEnabledSetting(component, setting, PackageManager.DONT_KILL_APP));
        } else {
            String name = cell.packageName();
            sight.make(cell, () -> manager.setApplicationEnabledSetting(name, setting, 0));
        }
    }
}
