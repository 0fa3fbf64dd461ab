// SPDX-License-Identifier: Apache-2.0
/**
 * The app on the phone: what it may do there, where it keeps what it stores, how it asks the platform. Every question is
 * bounded in time and ends with an answer or a {@link Withheld}. Calls that not every release has, or that are kept from some
 * apps, stand in classes named {@code …Compat} and nowhere else.
 */
package org.keepone.device;
