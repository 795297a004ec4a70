/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every module that was found: what became of it, what it adds, and what may be done about it. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* An AdwPreferencesGroup. A change closes @window, in which it stands, and opens the file of
 * @parent again, so that it counts at once. */
GtkWidget *gw_module_rows_new (GtkWindow *parent, GtkWindow *window, GwSession *session);

G_END_DECLS
