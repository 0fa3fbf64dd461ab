// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import android.app.role.RoleManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.provider.Telephony;
import android.telecom.TelecomManager;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Roles. Since Android 10 {@code RoleManager} keeps them (system API, MANAGE_ROLE_HOLDERS); before, each default app had a
 * place of its own. Where the roles may not be read, the defaults that every app may ask for still are.
 *
 * <p>Names: packages/modules/Permission, {@code PermissionController/res/xml/roles.xml}.
 */
public final class RolesCompat {
    private static final String DIALER = "android.app.role.DIALER";
    private static final String SMS = "android.app.role.SMS";
    private static final String BROWSER = "android.app.role.BROWSER";

    /** The roles that a user's default apps and the maker's own apps hold. */
    public static final List<String> NAMES = Collections.unmodifiableList(Arrays.asList(
            "android.app.role.ASSISTANT", BROWSER, "android.app.role.CALL_REDIRECTION",
            "android.app.role.CALL_SCREENING", DIALER, "android.app.role.EMERGENCY", "android.app.role.HOME",
            "android.app.role.NOTES", SMS, "android.app.role.SYSTEM_CONTACTS", "android.app.role.SYSTEM_GALLERY",
            "android.app.role.SYSTEM_DOCUMENT_MANAGER", "android.app.role.SYSTEM_SETTINGS_INTELLIGENCE",
            "android.app.role.SYSTEM_UI", "android.app.role.SYSTEM_WELLBEING", "android.app.role.WALLET"));

    private final Context context;
    private final BoundedCalls calls;

    /**
     * Takes what it asks through.
     *
     * @param context any context of the app
     * @param calls bounds every wait
     */
    public RolesCompat(@NonNull Context context, @NonNull BoundedCalls calls) {
        this.context = context;
        this.calls = calls;
    }

    /**
     * Returns the holders of a role.
     *
     * @param role its name
     * @param user the user of the phone
     * @return the packages; empty when none holds it or this release has no such role
     * @throws Withheld when they may not be read
     */
    @NonNull
    public List<String> holders(@NonNull String role, int user) throws Withheld {
        if (Build.VERSION.SDK_INT >= 29) {
            RoleManager manager = manager();
            try {
                return calls.ask(role, () -> manager.isRoleAvailable(role)
                        ? manager.getRoleHoldersAsUser(role, ContextsCompat.handle(user))
                        : Collections.<String>emptyList());
            } catch (Withheld withheld) {
                return fallback(role, user, withheld);
            }
        }
        return fallback(role, user, new Withheld(Because.NOT_ON_THIS_RELEASE, "no roles before Android 10"));
    }

    /** The default apps that have a public question of their own, for the own user. */
    @NonNull
    private List<String> fallback(@NonNull String role, int user, @NonNull Withheld withheld) throws Withheld {
        Context asked = ContextsCompat.forUser(context, user);
        switch (role) {
            case DIALER:
                TelecomManager telecom = asked.getSystemService(TelecomManager.class);
                if (telecom == null || user != PhoneUser.own()) {
                    throw withheld.forUser(user);
                }
                return list(calls.ask(role, telecom::getDefaultDialerPackage));
            case SMS:
                return list(calls.ask(role, () -> Telephony.Sms.getDefaultSmsPackage(asked)));
            case BROWSER:
                return list(calls.ask(role, () -> asked.getPackageManager().getDefaultBrowserPackageNameAsUser(user)));
            default:
                if (withheld.because() == Because.NOT_ON_THIS_RELEASE && Build.VERSION.SDK_INT < 29) {
                    return Collections.emptyList();
                }
                throw withheld.forUser(user);
        }
    }

    @NonNull
    private static List<String> list(@Nullable String holder) {
        return holder == null ? Collections.emptyList() : Collections.singletonList(holder);
    }

    @NonNull
    private RoleManager manager() throws Withheld {
        RoleManager manager = Build.VERSION.SDK_INT >= 29 ? context.getSystemService(RoleManager.class) : null;
        if (manager == null) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "no role service");
        }
        return manager;
    }

    /**
     * Makes exactly these packages the holders of a role.
     *
     * @param role its name
     * @param user the user of the phone
     * @param wanted the holders
     * @throws Withheld when the platform refused
     */
    public void hold(@NonNull String role, int user, @NonNull List<String> wanted) throws Withheld {
        if (Build.VERSION.SDK_INT < 29) {
            setDefault(role, user, wanted);
            return;
        }
        RoleManager manager = manager();
        // Adding comes first: the platform takes an exclusive role from its holder by itself, so it is never without one.
        List<String> before = holders(role, user);
        for (String holder : wanted) {
            if (!before.contains(holder)) {
                await(role, (executor, done) -> manager.addRoleHolderAsUser(role, holder, 0,
                        ContextsCompat.handle(user), executor, done::accept));
            }
        }
        for (String holder : holders(role, user)) {
            if (!wanted.contains(holder)) {
                await(role, (executor, done) -> manager.removeRoleHolderAsUser(role, holder, 0,
                        ContextsCompat.handle(user), executor, done::accept));
            }
        }
    }

    /** Before Android 10: only the browser's place can be written without the app itself asking its user. */
    private void setDefault(@NonNull String role, int user, @NonNull List<String> wanted) throws Withheld {
        if (!BROWSER.equals(role) || wanted.size() > 1) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, role + " has no setter before Android 10");
        }
        String browser = wanted.isEmpty() ? null : wanted.get(0);
        PackageManager packages = ContextsCompat.forUser(context, user).getPackageManager();
        if (!calls.ask(role, () -> packages.setDefaultBrowserPackageNameAsUser(browser, user))) {
            throw new Withheld(Because.FAILED, "the platform did not take the browser");
        }
    }

    /** Is told whether a change of holders was made. */
    private interface Done {
        void accept(Boolean successful);
    }

    /** A change of holders whose end is told later. */
    private interface Handover {
        void start(@NonNull java.util.concurrent.Executor executor, @NonNull Done done) throws Withheld;
    }

    private void await(@NonNull String role, @NonNull Handover handover) throws Withheld {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean made = new AtomicBoolean();
        boolean told = calls.ask(role, () -> {
            handover.start(Runnable::run, successful -> {
                made.set(Boolean.TRUE.equals(successful));
                ended.countDown();
            });
            return ended.await(BoundedCalls.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        });
        if (!told) {
            throw new Withheld(Because.TIMED_OUT, role + ": the platform did not say how it ended");
        } else if (!made.get()) {
            throw new Withheld(Because.FAILED, role + ": the platform did not take the holder; it may not qualify");
        }
    }
}
