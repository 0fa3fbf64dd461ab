// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import java.io.File;

import org.keepone.annotation.NonNull;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;

/** What holding choices needs of the engine. */
interface Core {
    @NonNull
    byte[] choices(@NonNull byte[] request, @NonNull File store) throws EngineException;

    @NonNull
    byte[] judge(@NonNull PackageReader reader, @NonNull byte[] options) throws EngineException;

    @NonNull
    byte[] control(@NonNull PackageEnforcer enforcer, @NonNull byte[] request, @NonNull File journal)
            throws EngineException;

    @NonNull
    byte[] records(@NonNull byte[] request, @NonNull File folder) throws EngineException;

    /** Returns the engine itself. */
    @NonNull
    static Core of(@NonNull Engine engine) {
        return new Core() {
            @Override
            @NonNull
            public byte[] choices(@NonNull byte[] request, @NonNull File store) throws EngineException {
                return engine.choices(request, store);
            }

            @Override
            @NonNull
            public byte[] judge(@NonNull PackageReader reader, @NonNull byte[] options) throws EngineException {
                return engine.judge(reader, options);
            }

            @Override
            @NonNull
            public byte[] control(@NonNull PackageEnforcer enforcer, @NonNull byte[] request, @NonNull File journal)
                    throws EngineException {
                return engine.control(enforcer, request, journal);
            }

            @Override
            @NonNull
            public byte[] records(@NonNull byte[] request, @NonNull File folder) throws EngineException {
                return engine.records(request, folder);
            }
        };
    }
}
