// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;

/** The drawing for each function group, area of control and kind of data. What is not known yet gets a plain one. */
final class Pictures {
    private Pictures() {
    }

    @NonNull
    static Sign of(@NonNull String id) {
        return Sign.drawn(drawing(id));
    }

    private static int drawing(@NonNull String id) {
        switch (id) {
            case "system-settings":
            case "write-settings":
                return R.drawable.ic_settings;
            case "phone-calls":
            case "call-log":
            case "phone":
                return R.drawable.ic_calls;
            case "text-messages":
            case "messages":
            case "sms":
                return R.drawable.ic_messages;
            case "contacts":
                return R.drawable.ic_contacts;
            case "time-display":
            case "exact-alarm":
                return R.drawable.ic_clock;
            case "app-download":
            case "install-unknown-apps":
                return R.drawable.ic_download;
            case "file-management":
            case "all-files":
                return R.drawable.ic_files;
            case "multimedia-capture":
            case "camera":
                return R.drawable.ic_camera;
            case "browser":
                return R.drawable.ic_browser;
            case "auto-start":
            case "self-start":
            case "associated-start":
            case "background-run":
                return R.drawable.ic_auto_start;
            case "personal-information":
            case "usage-access":
                return R.drawable.ic_personal;
            case "sensitive-permissions":
            case "device-admin":
            case "accessibility":
                return R.drawable.ic_permissions;
            case "device-identifiers":
            case "phone-state":
            case "privileged-identifiers":
            case "advertising-id":
            case "read-device-identifiers":
                return R.drawable.ic_identifiers;
            case "storage":
            case "clear-cache":
                return R.drawable.ic_storage;
            case "clear-data":
                return R.drawable.ic_remove;
            case "processing-record":
                return R.drawable.ic_record;
            case "location":
                return R.drawable.ic_location;
            case "microphone":
                return R.drawable.ic_microphone;
            case "calendar":
                return R.drawable.ic_calendar;
            case "media":
            case "manage-media":
                return R.drawable.ic_media;
            case "clipboard":
                return R.drawable.ic_clipboard;
            case "sensors":
            case "activity-recognition":
                return R.drawable.ic_sensors;
            case "nearby-devices":
                return R.drawable.ic_nearby;
            case "notifications":
            case "notification-listener":
            case "notification-policy":
            case "full-screen-intent":
                return R.drawable.ic_notifications;
            default:
                return R.drawable.ic_app;
        }
    }
}
