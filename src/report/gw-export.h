/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A selection as a file: CSV, XLSX, GeoJSON, GeoPackage by the name. OPEN and INTERNAL columns
 * only as the actor may see them, masked by the store; every file carries filter, time, account,
 * purpose and, in a demo, the mark "demonstration data". */

#include "gw-select.h"
#include "gw-store.h"

G_BEGIN_DECLS

typedef struct
{
  GwStore *store;
  GwActor actor;
  GwAreaTree *tree;
  GPtrArray *orgs;           /* GwOrg, index == id */
  GPtrArray *types;          /* GwTypeSpec, index == number */
  const char *account_label; /* who exports */
  const char *purpose;
  const char *filter_text;
} GwExportJob;

/* Writes into a temporary file beside @path, fsyncs and renames; replaces an existing file only
 * when @replace. Returns the rows written, -1 on error. Blocking: worker. */
gint64 gw_export_run (const GwExportJob *job,
                      const GwSelection *selection,
                      const char *path,
                      gboolean replace,
                      GwProgressFunc progress,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error);
/* NULL-terminated suffixes that gw_export_run knows: ".csv" … */
const char *const *gw_export_suffixes (void);

G_END_DECLS
