/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map source without tiles: libshumate wants one to know the projection and the zoom levels. The
 * program is offline; the sources that the library knows of are never made. */

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_NULL_SOURCE (gw_map_null_source_get_type ())
G_DECLARE_FINAL_TYPE (GwMapNullSource, gw_map_null_source, GW, MAP_NULL_SOURCE, ShumateMapSource)

ShumateMapSource *gw_map_null_source_new (void);

G_END_DECLS
