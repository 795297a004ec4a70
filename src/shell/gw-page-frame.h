/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A page that lies over the situation: its title, a way back, and what it shows. */

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *gw_page_frame_new (const char *title, GtkWidget *child);

G_END_DECLS
