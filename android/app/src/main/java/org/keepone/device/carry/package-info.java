// SPDX-License-Identifier: Apache-2.0
/**
 * Reads and writes what can be changed, cell by cell, and decides nothing. What may not be done is refused with the reason; that
 * a write was taken never counts as done: the engine reads the cell again.
 */
package org.keepone.device.carry;
