// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

import org.junit.Test;

/** What {@code getprop} prints is taken apart, and only what was asked for is kept. */
public final class PropertiesTest {
    private static Map<String, String> parse(String text) throws IOException {
        return Properties.parse(new BufferedReader(new StringReader(text)), Arrays.asList("ro.build.", "ro.x"));
    }

    @Test
    public void namesAndValues() throws IOException {
        Map<String, String> read = parse("[ro.build.id]: [A]\n[ro.serialno]: [SECRET]\n[ro.x]: [a]: [b]\n[ro.xyz]: []\n");
        assertEquals("A", read.get("ro.build.id"));
        assertEquals("a]: [b", read.get("ro.x"));
        assertEquals("an empty value is a property that is not set", 2, read.size());
    }

    @Test
    public void garbageIsPassedOver() throws IOException {
        for (String text : new String[] {"", "\n", "[", "[]: [", "[ro.x", "[ro.x]:", "[ro.x]: [", "]: []", "[]: []",
            "sh: getprop: not found\n", "[ro.x]: [two\nlines]\n"}) {
            assertTrue(text, parse(text).isEmpty());
        }
    }

    @Test
    public void theListHasAnEnd() throws IOException {
        String endless = String.join("", Collections.nCopies(50_000, "[ro.x1]: [v]\n")) + "[ro.build.id]: [late]\n";
        assertEquals(1, parse(endless).size());
    }
}
