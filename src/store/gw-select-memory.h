/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Arrays of a selection. A million rows touch forty megabytes for the first time on each call: on
 * small pages the faults cost several times the work itself, so large arrays ask for large ones. */

#include <glib.h>

G_BEGIN_DECLS

/* Uninitialised; given back with g_free. */
gpointer gw_select_alloc (gsize n, gsize size);
#define gw_select_new(Type, n) ((Type *)gw_select_alloc ((n), sizeof (Type)))

G_END_DECLS
