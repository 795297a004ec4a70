/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the window shows while no file is open: nothing yet, the first run, work on a new file, or
 * why a file cannot be opened and what to do. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_START_PAGE (gw_start_page_get_type ())
G_DECLARE_FINAL_TYPE (GwStartPage, gw_start_page, GW, START_PAGE, AdwBin)

GtkWidget *gw_start_page_new (void);
/* A file is being read; nothing to do yet. */
void gw_start_page_show_opening (GwStartPage *self);
/* No file was ever opened: the demo, a file of one's own, or a new one. */
void gw_start_page_show_first_run (GwStartPage *self);
/* @fraction 0..1; @cancellable nullable. */
void gw_start_page_show_making (GwStartPage *self, GCancellable *cancellable);
void gw_start_page_set_fraction (GwStartPage *self, double fraction);
void gw_start_page_show_problem (GwStartPage *self, const char *path, const GError *error);

G_END_DECLS
