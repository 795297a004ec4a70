/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* F1: the help that lies in the program, in the language of the desk. Lines that begin with "# " or
 * "## " are headings, "- " points; everything else is text. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_HELP_PAGE (gw_help_page_get_type ())
G_DECLARE_FINAL_TYPE (GwHelpPage, gw_help_page, GW, HELP_PAGE, AdwBin)

GtkWidget *gw_help_page_new (void);

G_END_DECLS
