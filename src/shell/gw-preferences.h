/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Few preferences that act at once, and the health of file and modules. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

void gw_preferences_present (GtkWindow *parent,
                             GSettings *settings,
                             GwSession *session /* nullable */,
                             gboolean modules /* show that page first */);
/* Puts the colour scheme of @settings in force, and keeps it so. */
void gw_preferences_apply (GSettings *settings);

G_END_DECLS
