// SPDX-License-Identifier: Apache-2.0
package androidx.test.platform.ui;

/** An input event was refused. */
public class InjectEventSecurityException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what refused it. */
    public InjectEventSecurityException(String message, Throwable cause) {
        super(message, cause);
    }
}
