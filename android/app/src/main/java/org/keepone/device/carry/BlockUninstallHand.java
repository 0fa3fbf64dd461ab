// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Whether uninstalling is blocked for a user ({@code DELETE_PACKAGES} to write). */
final class BlockUninstallHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        // The platform answers false for a package that it does not know; that is no fact about the block.
        sight.application(cell);
        String name = cell.packageName();
        return sight.ask(cell, () -> PackageServiceCompat.blocksUninstall(name, cell.user()));
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        boolean blocked = Values.flag(value);
        String name = cell.packageName();
        if (!sight.ask(cell, () -> PackageServiceCompat.blockUninstall(name, blocked, cell.user()))) {
            throw new Withheld(Because.FAILED, "setBlockUninstallForUser answered no");
        }
    }
}
