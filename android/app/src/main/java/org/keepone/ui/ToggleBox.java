// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Context;
import android.util.AttributeSet;
import android.view.accessibility.AccessibilityNodeInfo;
import android.widget.LinearLayout;
import android.widget.Switch;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** A row with a switch at its end. To those who cannot see it the whole row is the switch. */
public final class ToggleBox extends LinearLayout {
    /** Made by the layout. */
    public ToggleBox(@NonNull Context context, @Nullable AttributeSet attributes) {
        super(context, attributes);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return Switch.class.getName();
    }

    @Override
    public void onInitializeAccessibilityNodeInfo(@NonNull AccessibilityNodeInfo info) {
        super.onInitializeAccessibilityNodeInfo(info);
        Switch end = findViewById(R.id.end);
        info.setCheckable(true);
        info.setChecked(end.isChecked());
    }
}
