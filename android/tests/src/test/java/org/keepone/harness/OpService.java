// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.AppOpsManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.Bundle;
import android.os.RemoteCallback;
import com.android.internal.app.IAppOpsService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.robolectric.util.ReflectionHelpers;

/**
 * The system's app-op service as a watcher meets it: keeps who watches, tells them what the test says has happened, and holds
 * a history. The framework's own {@code AppOpsManager} stands between it and the app, so that each release's listener is called
 * in the form in which that release calls it.
 */
public final class OpService {
    private static final int UID_STATE_TOP = 200;
    private static final int OP_FLAG_SELF = 1;

    private final List<Object> noted = Collections.synchronizedList(new ArrayList<>());
    private final List<Object> active = Collections.synchronizedList(new ArrayList<>());
    private final List<Past> past = new ArrayList<>();
    private int asked;

    /** What happened before anybody watched. */
    private record Past(String op, int uid, String name, int count) {}

    private OpService() {}

    /** Puts the service behind the manager of a context. */
    public static OpService behind(Context context) {
        OpService service = new OpService();
        AppOpsManager manager = context.getSystemService(AppOpsManager.class);
        IAppOpsService before = ReflectionHelpers.getField(manager, "mService");
        InvocationHandler handler = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "startWatchingNoted":
                    service.noted.add(arguments[1]);
                    return null;
                case "startWatchingActive":
                    service.active.add(arguments[1]);
                    return null;
                case "getHistoricalOps":
                    service.tell(context, (RemoteCallback) arguments[arguments.length - 1]);
                    return null;
                default:
                    return method.invoke(before, arguments);
            }
        };
        ReflectionHelpers.setField(manager, "mService", Proxy.newProxyInstance(
                OpService.class.getClassLoader(), new Class<?>[] {IAppOpsService.class}, handler));
        return service;
    }

    /** Tells whether somebody watches both what is noted and what lasts. */
    public boolean isWatched() {
        return !noted.isEmpty() && !active.isEmpty();
    }

    /** Remembers accesses of the time when nobody watched. */
    public void happened(String op, int uid, String name, int count) {
        past.add(new Past(op, uid, name, count));
    }

    /** Tells how often somebody asked for the history. */
    public int asked() {
        return asked;
    }

    /** Notes an access, or the refusal of one. */
    public void note(String op, int uid, String name, boolean allowed) {
        int mode = allowed ? AppOpsManager.MODE_ALLOWED : AppOpsManager.MODE_IGNORED;
        int number = AppOpsManager.strOpToOp(op);
        for (Object watcher : List.copyOf(noted)) {
            if (Build.VERSION.SDK_INT <= 30) {
                call(watcher, "opNoted", number, uid, name, mode);
            } else if (Build.VERSION.SDK_INT <= 34) {
                call(watcher, "opNoted", number, uid, name, null, OP_FLAG_SELF, mode);
            } else {
                call(watcher, "opNoted", number, uid, name, null, Context.DEVICE_ID_DEFAULT, OP_FLAG_SELF, mode);
            }
        }
    }

    /** Begins or ends what lasts. */
    public void last(String op, int uid, String name, boolean begins) {
        int number = AppOpsManager.strOpToOp(op);
        for (Object watcher : List.copyOf(active)) {
            if (Build.VERSION.SDK_INT <= 30) {
                call(watcher, "opActiveChanged", number, uid, name, begins);
            } else if (Build.VERSION.SDK_INT <= 34) {
                call(watcher, "opActiveChanged", number, uid, name, null, begins, 0, -1);
            } else {
                call(watcher, "opActiveChanged", number, uid, name, null, Context.DEVICE_ID_DEFAULT, begins, 0, -1);
            }
        }
    }

    private static void call(Object watcher, String name, Object... arguments) {
        try {
            for (Method method : watcher.getClass().getMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                    method.setAccessible(true);
                    method.invoke(watcher, arguments);
                    return;
                }
            }
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
        throw new IllegalStateException(watcher.getClass() + " has no " + name + " of " + arguments.length);
    }

    /**
     * {@code AppOpsService.getHistoricalOps}: in Android 11 and 12 an app is answered with nothing, later one without the
     * permission.
     */
    private void tell(Context asking, RemoteCallback callback) {
        asked++;
        boolean may = Build.VERSION.SDK_INT < 30 || Build.VERSION.SDK_INT >= 33
                && asking.checkSelfPermission("android.permission.GET_HISTORICAL_APP_OPS_STATS")
                        == PackageManager.PERMISSION_GRANTED;
        if (!may) {
            callback.sendResult(new Bundle());
            return;
        }
        AppOpsManager.HistoricalOps history = new AppOpsManager.HistoricalOps(0, System.currentTimeMillis());
        for (Past each : past) {
            history.increaseAccessCount(AppOpsManager.strOpToOp(each.op()), each.uid(), each.name(), null,
                    UID_STATE_TOP, OP_FLAG_SELF, each.count());
        }
        Bundle answer = new Bundle();
        answer.putParcelable("historical_ops", history);
        callback.sendResult(answer);
    }
}
