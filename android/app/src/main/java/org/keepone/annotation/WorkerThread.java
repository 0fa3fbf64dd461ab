// SPDX-License-Identifier: Apache-2.0
package org.keepone.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Takes longer than a frame: never to be called on the main thread. See {@link NonNull} for why it is our own. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface WorkerThread {
}
