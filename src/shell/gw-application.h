/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The program: options, one instance for each profile, the open file and the window on it. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_APPLICATION (gw_application_get_type ())
G_DECLARE_FINAL_TYPE (GwApplication, gw_application, GW, APPLICATION, AdwApplication)

GwApplication *gw_application_new (void);
/* Opens another file beside the open one, which is left once that has come: a file that cannot be
 * opened takes nothing away, and the window says why. Does nothing while one is on its way. */
void gw_application_open (GwApplication *self, const char *path, GwSessionFlags flags);
/* The same file again, after a problem or to get the right to write. */
void gw_application_reopen (GwApplication *self, GwSessionFlags flags);
/* Makes the demonstration district first when there is none yet; the open file stays meanwhile. */
void gw_application_open_demo (GwApplication *self);
void gw_application_show_about (GwApplication *self);

G_END_DECLS
