// SPDX-License-Identifier: Apache-2.0
/**
 * The screens: what the core says of this phone, and the switches that it gives to the user.
 *
 * <p>A screen asks the {@link org.keepone.ui.Phone} off the main thread, makes a {@link org.keepone.ui.Page} of the
 * answer there, and shows it. Verdicts, reasons and outcomes are the core's words; nothing here decides. Every change
 * asks for consent first, says what will be lost and names what brings it back.
 */
package org.keepone.ui;
