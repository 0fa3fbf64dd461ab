package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;

/** Labels are what strangers want them to be; what is shown of them is bounded, on one line, and turns nothing around. */
@RunWith(PhoneRunner.class)
public final class CleanTest {
    @Test
    public void anOrdinaryLabelStaysAsItIs() {
        assertEquals("Calculator", Clean.label("Calculator"));
        assertEquals("计算器 2", Clean.label("计算器 2"));
        assertEquals("Émile’s ☎ 😀", Clean.label("Émile’s ☎ 😀"));
    }

    @Test
    public void linesAndOtherGapsBecomeOneSpace() {
        assertEquals("a b c d", Clean.label("\n a\r\n\tb\u2028c\u00a0\u3000d \u0000"));
    }

    @Test
    public void directionOverridesAndUnseenCharactersGo() {
        assertEquals("gpj.exe", Clean.label("\u202egpj\u202c.\u2066e\u200bx\u2069e\ufeff"));
        assertEquals("a", Clean.label("\ue000a\ud800"));
    }

    @Test
    public void aLabelOfTheOtherDirectionIsIsolated() {
        String label = Clean.label("שלום");
        assertTrue("embedded, and closed again", label.contains("\u202bשלום\u202c"));
    }

    @Test
    public void nothingVisibleIsNoLabel() {
        assertNull(Clean.label(null));
        assertNull(Clean.label(" \n\u200b\u202e "));
        assertEquals("", Clean.fact("\u200b"));
    }

    @Test(timeout = 10_000)
    public void tenMegabytesAreCutAtOnce() {
        String huge = "x".repeat(10 << 20);
        assertEquals("x".repeat(80) + "…", Clean.label(huge));
        String hidden = "\u200b".repeat(10 << 20) + "x";
        String clean = Clean.label(hidden);
        assertTrue(clean == null || clean.length() < 10);
        assertFalse(Clean.fact("/" + huge).length() > 500);
    }

    @Test
    public void aCutNeverSplitsACharacter() {
        String clean = Clean.label("😀".repeat(100));
        assertEquals("😀".repeat(80) + "…", clean);
    }
}
