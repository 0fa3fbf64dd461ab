// SPDX-License-Identifier: Apache-2.0
package org.keepone.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Never {@code null}.
 *
 * <p>Our own, because the platform's annotations are hidden from apps built against the SDK and those of the support
 * library would be a dependency; this one compiles inside an OEM's tree, against the SDK and off Android alike.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD, ElementType.LOCAL_VARIABLE})
public @interface NonNull {
}
