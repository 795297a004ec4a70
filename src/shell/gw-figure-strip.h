/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The figures under the filter, the same on every page. A click lists the matters behind one. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_FIGURE_STRIP (gw_figure_strip_get_type ())
G_DECLARE_FINAL_TYPE (GwFigureStrip, gw_figure_strip, GW, FIGURE_STRIP, AdwBin)

GtkWidget *gw_figure_strip_new (GwFilterModel *model);

G_END_DECLS
