/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_IMPORT_PAGE (gw_import_page_get_type ())
G_DECLARE_FINAL_TYPE (GwImportPage, gw_import_page, GW, IMPORT_PAGE, AdwBin)

GtkWidget *gw_import_page_new (GwSession *session);
/* Reads @file for a preview; nothing is written before the person confirms. @type_key nullable:
 * the first type that declares an import. */
void gw_import_page_open (GwImportPage *self, GFile *file, const char *type_key);

G_END_DECLS
