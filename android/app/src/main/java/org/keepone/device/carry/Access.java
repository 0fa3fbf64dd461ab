// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import org.keepone.annotation.NonNull;
import org.keepone.device.Withheld;

/** One kind of special access that no app-op and no permission stands for. */
interface Access {
    /** Whether the cell's package has it. */
    boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld;

    /** Gives or takes it. */
    void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld;
}
