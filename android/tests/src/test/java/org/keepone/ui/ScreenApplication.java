package org.keepone.ui;

import android.os.Looper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.robolectric.Shadows;

/** The app with a phone of the test's. Everything else is the app's own, threads included. */
public class ScreenApplication extends KeepOneApplication {
    private static final ThreadLocal<Phone> NEXT = new ThreadLocal<>();

    /** Sets the phone of the screens that are opened next on this thread; {@code null}: the app's own. */
    static void use(Phone phone) {
        NEXT.set(phone);
    }

    @Override
    protected Phone newPhone() {
        Phone phone = NEXT.get();
        return phone == null ? super.newPhone() : phone;
    }

    /** Waits until all work that was begun has ended and is shown. */
    void settle() throws InterruptedException {
        // Work may begin other work: a page its pictures, pictures nothing.
        for (int round = 0; round < 3; round++) {
            ended(worker());
            ended(icons());
            // Long enough for the frame in which a list lays itself out.
            Shadows.shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(50));
        }
    }

    /** Waits until it has been quiet for so long that a page in view is made anew, if anything was heard of, and shown. */
    void quiet() throws InterruptedException {
        Shadows.shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(1));
        settle();
    }

    private static void ended(Executor executor) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        executor.execute(latch::countDown);
        for (int tries = 0; !latch.await(10, TimeUnit.MILLISECONDS); tries++) {
            if (tries > 6_000) {
                throw new IllegalStateException("work does not end");
            }
            // Some of the platform's answers come over the main thread.
            Shadows.shadowOf(Looper.getMainLooper()).idle();
        }
    }
}
