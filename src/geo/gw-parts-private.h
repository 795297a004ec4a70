/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What rings and lines have in common: parts of points in one flat array, and their bytes. */

#include "gw-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_parts;
  guint *starts;   /* owned, n_parts + 1 entries: where each part begins in points */
  GwPoint *points; /* owned */
  GwBox box;
} GwParts;

/* What distinguishes the two in bytes. */
typedef enum
{
  GW_PARTS_RINGS = 1,
  GW_PARTS_LINES = 2,
} GwPartsKind;

/* Copies @n_parts parts of @lengths points each that lie in a row at @points. */
void gw_parts_init (GwParts *parts, const GwPoint *points, const guint *lengths, guint n_parts);
void gw_parts_clear (GwParts *parts);
const GwPoint *gw_parts_get_part (const GwParts *parts, guint i, guint *n_points);
gboolean gw_parts_is_equal (const GwParts *a, const GwParts *b);

GBytes *gw_parts_to_bytes (const GwParts *parts, GwPartsKind kind);
/* Fills @parts, or leaves it alone and throws GW_ERROR_CORRUPT. */
gboolean gw_parts_from_bytes (
    GwParts *parts, GwPartsKind kind, guint min_points, GBytes *bytes, GError **error);

G_END_DECLS
