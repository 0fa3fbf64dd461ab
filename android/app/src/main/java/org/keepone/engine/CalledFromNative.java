// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the native library calls or creates. A shrinker must keep it under its name: {@code app/keep.pro} has the
 * one rule for it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface CalledFromNative {
}
