/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The popover behind the layers button: what is counted, which level of areas shows, and which
 * layers are on, those of modules among them. It stays open while one tries. Everything in it is an
 * action of the group "map". */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A GtkPopover. */
GtkWidget *gw_map_layers_new (GwSession *session);

G_END_DECLS
