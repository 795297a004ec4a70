/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Districts that the demo does not have: without areas, of one area, without a river. */

#include "gw-session.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* of the test, and of the file */
  guint n_areas;        /* townships, side by side; 0 leaves the district without any */
  gboolean has_borders; /* of the district and its townships */
  gboolean has_river;
} MapDistrict;

/* A new file in @folder; the session is open. */
GwSession *map_district_open (const MapDistrict *self, const char *folder);

G_END_DECLS
