// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.system.ErrnoException;
import android.system.OsConstants;
import android.system.StructStat;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowLinux;

/**
 * Robolectric's system calls, but {@code stat} fails where the kernel's does: Robolectric finds every path. Tests may run as
 * root, from whom no mode keeps a folder, so a test says which folders the phone keeps from the app.
 */
@Implements(className = "libcore.io.Linux", isInAndroidSdk = false)
public class PhoneFiles extends ShadowLinux {
    private static final OfPhone<Map<String, Boolean>> KEPT = new OfPhone<>(HashMap::new);

    /** Makes a folder that is not on the host one that may not be listed; its owner, mode and label may be asked for. */
    public static synchronized void locks(File folder) {
        KEPT.get().put(folder.getPath(), true);
    }

    /** Makes it unknown whether there is such a folder: the one above may not be searched. */
    public static synchronized void hides(File folder) {
        KEPT.get().put(folder.getPath(), false);
    }

    @Implementation
    @Override
    public StructStat stat(String path) throws ErrnoException {
        Boolean isKnown;
        synchronized (PhoneFiles.class) {
            isKnown = KEPT.get().get(path);
        }
        if (isKnown != null && isKnown) {
            return new StructStat(0, 0, OsConstants.S_IFDIR | 0700, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        if (isKnown != null) {
            throw new ErrnoException("stat", OsConstants.EACCES);
        }
        if (path != null && !new File(path).exists()) {
            throw new ErrnoException("stat", OsConstants.ENOENT);
        }
        return super.stat(path);
    }
}
