// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** What comes from outside is a package name, or it is nothing. */
public final class PackageNamesTest {
    @Test
    public void namesAndWhatOnlyLooksLikeOne() {
        for (String name : new String[] {"android", "com.android.dialer", "a.b_c.D9"}) {
            assertTrue(name, PackageNames.isName(name));
        }
        String[] others = {null, "", ".", "a.", ".a", "a..b", "9a", "a.9b", "a b", "a;rm -rf /", "../etc", "设置",
            "a\u202eb", "a\n", "a".repeat(300)};
        for (String other : others) {
            assertFalse(String.valueOf(other), PackageNames.isName(other));
        }
    }

    @Test
    public void aLogLineStaysOneLine() {
        assertEquals("a?b?c", PackageNames.forLog("a\nb\u202ec"));
        assertEquals(81, PackageNames.forLog("x".repeat(5_000)).length());
        assertEquals("null", PackageNames.forLog(null));
    }
}
