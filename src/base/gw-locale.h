/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The language of the person at the machine, also where the machine does not know it. */

#include <glib.h>

G_BEGIN_DECLS

/* Takes over the locale of the environment and binds the message catalogue in @locale_dir. Texts of
 * this program are Chinese and must come out whole: a locale of ASCII alone ("C", as a server has
 * it) is read as UTF-8, and one that is not installed still chooses the language of the messages.
 * First thing in main(), before any thread. */
void gw_locale_init (const char *locale_dir);

G_END_DECLS
