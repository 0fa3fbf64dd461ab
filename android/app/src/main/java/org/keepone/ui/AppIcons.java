// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.concurrent.Executor;

import android.content.pm.PackageManager;
import android.content.res.ColorStateList;
import android.graphics.drawable.Drawable;
import android.os.Handler;
import android.os.Looper;
import android.util.LruCache;
import android.widget.ImageView;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Loads apps' icons off the main thread and keeps the newest of them. */

final class AppIcons {
    /** About three screens of rows. */
    private static final int KEPT = 64;

    private final PackageManager packages;
    private final Executor worker;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final LruCache<String, Drawable> kept = new LruCache<>(KEPT);

    AppIcons(@NonNull PackageManager packages, @NonNull Executor worker) {
        this.packages = packages;
        this.worker = worker;
    }

    /** Shows the app's icon, at once or as soon as it is loaded if the view still waits for it. */
    void into(@NonNull ImageView view, @NonNull String name) {
        view.setTag(name);
        Drawable icon = kept.get(name);
        if (icon != null) {
            show(view, icon);
            return;
        }
        view.setBackgroundResource(R.drawable.tile);
        view.setImageResource(R.drawable.ic_app);
        view.setImageTintList(ColorStateList.valueOf(view.getContext().getColor(R.color.accent)));
        worker.execute(
                () -> {
                    Drawable loaded = load(name);
                    if (loaded != null) {
                        main.post(() -> arrived(view, name, loaded));
                    }
                });
    }

    /** Says that the view shows something else now. */
    void leave(@NonNull ImageView view) {
        view.setTag(null);
    }

    private void arrived(@NonNull ImageView view, @NonNull String name, @NonNull Drawable icon) {
        kept.put(name, icon);
        if (name.equals(view.getTag())) {
            show(view, icon);
        }
    }

    private void show(@NonNull ImageView view, @NonNull Drawable icon) {
        view.setBackground(null);
        view.setImageTintList(null);
        view.setImageDrawable(icon);
    }

    /** Icons are drawn by strangers' resources: one that cannot be loaded costs its own row the picture only. */
    @Nullable
    private Drawable load(@NonNull String name) {
        try {
            return packages.getApplicationIcon(name);
        } catch (PackageManager.NameNotFoundException | RuntimeException | OutOfMemoryError gone) {
            return null;
        }
    }
}
