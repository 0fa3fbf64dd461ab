// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.CountDownLatch;

import android.os.DeadObjectException;
import android.os.TransactionTooLargeException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.robolectric.annotation.Config;

/** A question to the platform ends: with an answer, or with a reason. */
@RunWith(PhoneRunner.class)
@Config(sdk = 34) // Nothing of it differs between releases.
public final class BoundedCallsTest {
    @Test
    public void everyWayToFailHasItsReason() {
        BoundedCalls calls = new BoundedCalls();
        Object[][] rows = {
            {new SecurityException("needs X"), Because.NEEDS_PERMISSION},
            {new android.content.pm.PackageManager.NameNotFoundException("a"), Because.GONE},
            {new RuntimeException(new TransactionTooLargeException("big")), Because.TOO_LARGE},
            {new RuntimeException(new DeadObjectException()), Because.FAILED},
            {new NoSuchMethodError("m"), Because.NOT_ON_THIS_RELEASE},
            {new UnsupportedOperationException("u"), Because.NOT_ON_THIS_RELEASE},
            {new IllegalStateException("odd"), Because.FAILED},
            {new Withheld(Because.FIXED_BY_POLICY, "p"), Because.FIXED_BY_POLICY},
        };
        for (Object[] row : rows) {
            Throwable thrown = (Throwable) row[0];
            Withheld withheld = assertThrows(Withheld.class, () -> calls.ask("it", () -> {
                if (thrown instanceof Error) {
                    throw (Error) thrown;
                }
                throw (Exception) thrown;
            }));
            assertEquals(String.valueOf(thrown), row[1], withheld.because());
        }
    }

    @Test
    public void whatHangsIsGivenUpAndCostsNoOtherQuestion() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        BoundedCalls calls = new BoundedCalls(50);
        for (int i = 0; i < 3; i++) {
            Withheld late = assertThrows(Withheld.class, () -> calls.ask("deaf", () -> {
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException deaf) {
                        continue;
                    }
                }
                return 1;
            }));
            assertEquals(Because.TIMED_OUT, late.because());
        }
        assertEquals(Integer.valueOf(7), calls.ask("next", () -> 7));
        never.countDown();
    }

    @Test
    public void whenTooManyHangTheRestIsAnsweredAtOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        BoundedCalls calls = new BoundedCalls(1);
        Withheld last = null;
        for (int i = 0; i < 40; i++) {
            last = assertThrows(Withheld.class, () -> calls.ask("deaf", () -> {
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException deaf) {
                        continue;
                    }
                }
                return 1;
            }));
        }
        assertEquals(Because.TIMED_OUT, last.because());
        assertTrue(last.detail(), last.detail().contains("unanswered"));
        never.countDown();
    }

    @Test
    public void aHostileMessageIsCut() {
        Withheld long_ = Withheld.of(new IllegalStateException("x".repeat(1_000_000)));
        assertTrue(long_.detail().length() < 400);
    }
}
