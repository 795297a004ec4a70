/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the window remembers how it was left: the settings of the user, or a file of their own for
 * a profile folder. */

#include <gio/gio.h>

G_BEGIN_DECLS

/* @profile nullable. NULL with an error when the schema is nowhere: a broken installation. */
GSettings *gw_settings_open (const char *profile, GError **error);

G_END_DECLS
