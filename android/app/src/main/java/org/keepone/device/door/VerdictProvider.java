// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.net.Uri;
import android.os.Binder;
import android.os.Bundle;
import android.os.ParcelFileDescriptor;
import android.os.Process;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;
import org.keepone.engine.EngineException;

/**
 * The door for the maker's own Settings, which carry our certificate: {@code content://org.keepone.verdict/audit} and {@code
 * content://org.keepone.verdict/package/NAME} open as JSON to read: the document, or in its place {@code error} or {@code
 * pending}, as {@link Dump} has them. Nothing can be written through it.
 */
public final class VerdictProvider extends ContentProvider {
    private static final String TAG = "KeepOne";
    private static final String PERMISSION = "org.keepone.permission.READ_VERDICT";
    private static final String TYPE = "application/json";
    private static final long PATIENCE_MILLIS = 120_000;

    private Answers answers;

    @Override
    public boolean onCreate() {
        Context context = getContext();
        if (context == null) {
            return false;
        }
        Context app = context.getApplicationContext() == null ? context : context.getApplicationContext();
        answers = new Answers((want, progress) -> new Judging(app).document(want, progress::at));
        return true;
    }

    /** The manifest guards the provider; this holds where a maker's build changed the manifest. */
    private void check() {
        Context context = getContext();
        if (Binder.getCallingUid() == Process.myUid()) {
            return;
        }
        if (context == null
                || context.checkCallingPermission(PERMISSION) != PackageManager.PERMISSION_GRANTED) {
            Log.w(TAG, "refused: uid " + Binder.getCallingUid() + " lacks " + PERMISSION);
            throw new SecurityException("needs " + PERMISSION);
        }
    }

    /** Returns the package that a URI names, an empty text for the audit; throws for any other. */
    @NonNull
    private static String subject(@NonNull Uri uri) throws FileNotFoundException {
        List<String> path = uri.getPathSegments();
        if (path.size() == 1 && "audit".equals(path.get(0))) {
            return "";
        } else if (path.size() == 2 && "package".equals(path.get(0)) && PackageNames.isName(path.get(1))) {
            return path.get(1);
        }
        Log.w(TAG, "refused: " + PackageNames.forLog(uri.toString()));
        throw new FileNotFoundException("audit, or package/NAME");
    }

    @Override
    @NonNull
    public ParcelFileDescriptor openFile(@NonNull Uri uri, @NonNull String mode) throws FileNotFoundException {
        check();
        if (!"r".equals(mode)) {
            Log.w(TAG, "refused: mode " + PackageNames.forLog(mode));
            throw new FileNotFoundException("to read only");
        }
        String subject = subject(uri);
        return openPipeHelper(uri, TYPE, null, subject, (pipe, of, type, options, wanted) -> write(pipe, wanted));
    }

    private void write(@NonNull ParcelFileDescriptor pipe, @NonNull String subject) {
        try (FileOutputStream out = new FileOutputStream(pipe.getFileDescriptor())) {
            out.write(document(answers, subject, PATIENCE_MILLIS));
        } catch (IOException gone) {
            // The reader closed its end.
            Log.w(TAG, "the reader of the verdict left");
        }
    }

    /** Returns what is read: never nothing, so that an empty file is one whose reader or writer died. */
    @NonNull
    static byte[] document(@NonNull Answers answers, @NonNull String subject, long patienceMillis) {
        try {
            byte[] audit = answers.get("audit", patienceMillis);
            if (audit == null) {
                Log.w(TAG, "the verdict was not ready in time");
                return Dump.pending(answers.progress("audit")).getBytes(StandardCharsets.UTF_8);
            }
            return subject.isEmpty() ? audit : OnePackage.of(audit, subject);
        } catch (EngineException failed) {
            Log.w(TAG, "no verdict: " + failed.getMessage());
            return Dump.failure(failed).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    @Nullable
    public String getType(@NonNull Uri uri) {
        try {
            subject(uri);
            return TYPE;
        } catch (FileNotFoundException other) {
            return null;
        }
    }

    @Override
    @Nullable
    public Bundle call(@NonNull String method, @Nullable String argument, @Nullable Bundle extras) {
        check();
        // What a stranger's bundle holds is never unpacked.
        Log.w(TAG, "refused: call " + PackageNames.forLog(method));
        return null;
    }

    @Override
    @Nullable
    public Cursor query(@NonNull Uri uri, @Nullable String[] projection, @Nullable String selection,
            @Nullable String[] arguments, @Nullable String order) {
        check();
        Log.w(TAG, "refused: query " + PackageNames.forLog(uri.toString()));
        return null;
    }

    @Override
    @Nullable
    public Uri insert(@NonNull Uri uri, @Nullable ContentValues values) {
        throw readOnly();
    }

    @Override
    public int delete(@NonNull Uri uri, @Nullable String selection, @Nullable String[] arguments) {
        throw readOnly();
    }

    @Override
    public int update(@NonNull Uri uri, @Nullable ContentValues values, @Nullable String selection,
            @Nullable String[] arguments) {
        throw readOnly();
    }

    @NonNull
    private UnsupportedOperationException readOnly() {
        check();
        Log.w(TAG, "refused: the verdict is to read only");
        return new UnsupportedOperationException("to read only");
    }
}
