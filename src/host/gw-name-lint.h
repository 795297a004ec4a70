/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names of what the program does not hold (domain.md 4c.2 rule 2): identity numbers, births,
 * ethnicity, religion, politics, faces and other features of the body, number plates, numbers of
 * devices, tracks. English, Chinese and pinyin, whole and in initials. A name is read word by word,
 * so "surface", "template" and "background" are what they are. */

#include <glib.h>

G_BEGIN_DECLS

/* (nullable): what @name looks like, untranslated, when that is something to refuse. @name is an id
 * ("license_plate"), a label or the header words of an import ("车牌号|plate"). */
const char *gw_name_lint (const char *name);

G_END_DECLS
