/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the filter stands in the areas: district › township › … Each step leads there; the last one
 * opens the areas below it, so that the way down needs no map. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_BREADCRUMB (gw_breadcrumb_get_type ())
G_DECLARE_FINAL_TYPE (GwBreadcrumb, gw_breadcrumb, GW, BREADCRUMB, AdwBin)

GtkWidget *gw_breadcrumb_new (GwFilterModel *model);

G_END_DECLS
