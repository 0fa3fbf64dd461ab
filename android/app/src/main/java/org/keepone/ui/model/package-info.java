// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine and the journal say, as values that screens are made of.
 *
 * <p>Takes the JSON documents of the core; gives immutable values. A field that is missing or of another kind stays
 * unknown, and unknown words of a newer core stay as they are: nothing here decides or explains anything.
 */
package org.keepone.ui.model;
