// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import android.app.Application;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.BoundedCalls;
import org.keepone.device.PhoneUser;
import org.keepone.device.Places;
import org.keepone.device.Standing;
import org.keepone.device.Withheld;
import org.keepone.device.carry.DeviceEnforcer;
import org.keepone.device.read.Connections;
import org.keepone.device.read.DeviceReader;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageReader;
import org.keepone.ui.model.Connected;

/** What outlives a screen: the phone, and the threads that ask it. */
public class KeepOneApplication extends Application {
    /** One thread: what one screen changes, the next one reads. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(named("keepone-phone"));

    private final ExecutorService icons = Executors.newSingleThreadExecutor(named("keepone-icons"));
    @Nullable private Phone phone;
    private int screens;

    @Override
    public void onCreate() {
        super.onCreate();
        Standing.begin(this);
    }

    /** Returns the phone, the same for every screen. */
    @NonNull
    public final synchronized Phone phone() {
        if (phone == null) {
            phone = newPhone();
        }
        return phone;
    }

    /** Is told that a screen comes into view. */
    final void screenStarts() {
        screens++;
    }

    /** Is told that a screen goes out of view. */
    final void screenStops() {
        screens--;
    }

    /** Returns whether any of our screens is in view. */
    final boolean isShown() {
        return screens > 0;
    }

    /** Makes the phone. */
    @NonNull
    protected Phone newPhone() {
        return new EnginePhone(new DeviceReading(), new DeviceEnforcer(this), new Places(this), PhoneUser.own());
    }

    /** Reads the phone that this runs on. */
    private final class DeviceReading implements EnginePhone.Reading {
        private final BoundedCalls calls = new BoundedCalls();

        @Override
        @NonNull
        public PackageReader reader(@NonNull Engine engine, @NonNull Phone.Progress progress) throws EngineException {
            return new DeviceReader(KeepOneApplication.this, engine.probes(), progress::at);
        }

        @Override
        @NonNull
        public PackageReader some(@NonNull Engine engine, @NonNull Collection<String> names) {
            return DeviceReader.of(KeepOneApplication.this, names);
        }

        @Override
        @NonNull
        public Connected connected(int user) {
            try {
                Connections read = Connections.read(KeepOneApplication.this, calls, user);
                List<Connected.Call> told = new ArrayList<>();
                for (Connections.Connection one : read.all()) {
                    told.add(new Connected.Call(one.to(), one.from(), one.times()));
                }
                return new Connected(read.since(), Collections.unmodifiableList(told), null);
            } catch (Withheld withheld) {
                return Connected.unread(withheld.because().word(), withheld.detail());
            }
        }
    }

    /** Returns the thread on which the phone is asked. */
    @NonNull
    public final Executor worker() {
        return worker;
    }

    /** Returns the thread that loads pictures. */
    @NonNull
    public final Executor icons() {
        return icons;
    }

    @NonNull
    private static ThreadFactory named(@NonNull String name) {
        return work -> new Thread(work, name);
    }
}
