/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-id-raster.h"

G_BEGIN_DECLS

/* Makes a tile of @ids, a square of @side pixels whose outer @frame pixels (at least 2) belong to
 * the neighbours. @shown: a bit per area (transfer full). */
GwIdTile *gw_id_tile_new (const guint16 *ids,
                          guint side,
                          guint frame,
                          const guint16 *groups,
                          guint n_areas,
                          guint8 *shown) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
