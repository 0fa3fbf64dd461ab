// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.Locale;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.content.res.Resources;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Withheld;

/**
 * The labels of one app in both languages, from its own resources with the overlays in force on this phone. A label is
 * whatever its author wrote: it is passed on as it is, and one that is longer than any real name is not read.
 */
final class Labels {
    /** In characters. The longest label of the corpus has 72. */
    static final int LONGEST = 2_000;

    private final Resources english;
    private final Resources chinese;
    private final NotRead notRead;

    private Labels(@Nullable Resources english, @Nullable Resources chinese, @NonNull NotRead notRead) {
        this.english = english;
        this.chinese = chinese;
        this.notRead = notRead;
    }

    /** Opens the resources of an app; where they cannot be opened, labels stay the references they are. */
    @NonNull
    static Labels of(@NonNull Context context, @Nullable ApplicationInfo application, @NonNull NotRead notRead) {
        if (application == null || application.sourceDir == null) {
            return new Labels(null, null, notRead);
        }
        try {
            Context own = ContextsCompat.ofApplication(context, application);
            return new Labels(in(own, Locale.ENGLISH), in(own, Locale.SIMPLIFIED_CHINESE), notRead);
        } catch (PackageManager.NameNotFoundException | RuntimeException failed) {
            notRead.add("labels", Withheld.of(failed));
            return new Labels(null, null, notRead);
        }
    }

    @NonNull
    private static Resources in(@NonNull Context context, @NonNull Locale locale) {
        Configuration configuration = new Configuration(context.getResources().getConfiguration());
        configuration.setLocale(locale);
        return context.createConfigurationContext(configuration).getResources();
    }

    /**
     * Writes the field {@code label}, or nothing where none is stated.
     *
     * @param of whose label it is, for what could not be read
     * @param resource the reference, 0 for none
     * @param literal the label where it is stated as text
     */
    void write(@NonNull JsonWriter json, @NonNull String of, int resource, @Nullable CharSequence literal)
            throws IOException {
        if (literal != null) {
            String text = bounded(of, literal);
            if (text != null) {
                json.name("label").beginObject().name("en").value(text).endObject();
            }
        } else if (resource != 0) {
            String first = text(english, of, resource);
            String second = text(chinese, of, resource);
            json.name("label").beginObject();
            if (first != null) {
                json.name("en").value(first);
            }
            if (second != null && !second.equals(first)) {
                json.name("zh").value(second);
            }
            if (first == null && second == null) {
                json.name("reference").value(reference(resource));
            }
            json.endObject();
        }
    }

    @Nullable
    private String text(@Nullable Resources resources, @NonNull String of, int resource) {
        if (resources == null) {
            return null;
        }
        try {
            return bounded(of, resources.getText(resource));
        } catch (RuntimeException unresolved) {
            // Resources.NotFoundException, and whatever else a broken table makes the platform throw.
            return null;
        }
    }

    @Nullable
    private String bounded(@NonNull String of, @NonNull CharSequence text) {
        if (text.length() > LONGEST) {
            notRead.add("label of " + of, new Withheld(Because.TOO_LARGE, text.length() + " characters"));
            return null;
        }
        return text.toString();
    }

    /** A reference as a manifest's reader writes it. */
    @NonNull
    static String reference(int resource) {
        return String.format(Locale.ROOT, "@0x%08x", resource);
    }
}
