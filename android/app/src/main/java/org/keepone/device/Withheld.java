// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.concurrent.TimeoutException;

import android.content.pm.PackageManager;
import android.os.DeadObjectException;
import android.os.TransactionTooLargeException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * The platform withheld an answer or refused a change: why, and what it said. Never a guess about the fact itself.
 */
public final class Withheld extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the platform says can be as long as a hostile app's label. */
    private static final int LONGEST_DETAIL = 300;

    private final Because because;

    /**
     * Takes the reason and what was said.
     *
     * @param because the reason
     * @param detail what the platform said, cut to a bounded length
     */
    public Withheld(@NonNull Because because, @NonNull String detail) {
        super(cut(detail));
        this.because = because;
    }

    private Withheld(@NonNull Because because, @NonNull String detail, @NonNull Throwable cause) {
        this(because, detail);
        initCause(cause);
    }

    /**
     * Says why a call of the platform failed.
     *
     * @param thrown what it threw
     * @return the reason; the same object where it is one already
     */
    @NonNull
    public static Withheld of(@NonNull Throwable thrown) {
        if (thrown instanceof Withheld) {
            return (Withheld) thrown;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Because because = reason(cause);
            if (because != null) {
                return new Withheld(because, said(cause), thrown);
            }
        }
        return new Withheld(Because.FAILED, said(thrown), thrown);
    }

    @Nullable
    private static Because reason(@NonNull Throwable cause) {
        if (cause instanceof SecurityException) {
            return Because.NEEDS_PERMISSION;
        } else if (cause instanceof PackageManager.NameNotFoundException) {
            return Because.GONE;
        } else if (cause instanceof TransactionTooLargeException) {
            return Because.TOO_LARGE;
        } else if (cause instanceof LinkageError || cause instanceof UnsupportedOperationException) {
            // A method, field or class that this release lacks or hides, or the base class's empty body of it.
            return Because.NOT_ON_THIS_RELEASE;
        } else if (cause instanceof TimeoutException) {
            return Because.TIMED_OUT;
        } else if (cause instanceof DeadObjectException) {
            return Because.FAILED;
        }
        return null;
    }

    @NonNull
    private static String said(@NonNull Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    @NonNull
    private static String cut(@NonNull String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
    }

    /** Returns the reason. */
    @NonNull
    public Because because() {
        return because;
    }

    /**
     * Returns whether the answer may have been too large for one transaction, so that it is worth asking for it in parts. Of an
     * answer, as opposed to a question, the platform does not say so: a transaction that fails is told as too large only where
     * what was <em>sent</em> is, and else as the death of the other side ({@code signalExceptionForError} in
     * {@code android_util_Binder.cpp}), which the package manager's client takes for the system's
     * ({@code RemoteException.rethrowFromSystemServer}).
     */
    public boolean mayBeTooLarge() {
        return because == Because.TOO_LARGE || because == Because.FAILED;
    }

    /** Returns what the platform said. */
    @NonNull
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /**
     * The same refusal where it was met while asking for another user: then what lacks is the sight of that user.
     *
     * @param user the user asked for
     * @return this, or a {@link Because#HIDDEN_USER} in place of {@link Because#NEEDS_PERMISSION}
     */
    @NonNull
    public Withheld forUser(int user) {
        if (because != Because.NEEDS_PERMISSION || user == PhoneUser.own()) {
            return this;
        }
        return new Withheld(Because.HIDDEN_USER, detail(), this);
    }
}
