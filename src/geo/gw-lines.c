/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include "gw-parts-private.h"

struct _GwLines
{
  GwParts parts;
};

GwLines *
gw_lines_new (const GwPoint *points, const guint *lengths, guint n_lines)
{
  GwLines *self = g_atomic_rc_box_new0 (GwLines);

  gw_parts_init (&self->parts, points, lengths, n_lines);
  return self;
}

GwLines *
gw_lines_ref (const GwLines *lines)
{
  return g_atomic_rc_box_acquire ((GwLines *)lines);
}

static void
lines_clear (gpointer data)
{
  GwLines *self = data;

  gw_parts_clear (&self->parts);
}

void
gw_lines_unref (GwLines *lines)
{
  g_atomic_rc_box_release_full (lines, lines_clear);
}

guint
gw_lines_get_n_lines (const GwLines *lines)
{
  return lines->parts.n_parts;
}

guint
gw_lines_get_n_points (const GwLines *lines)
{
  return lines->parts.starts[lines->parts.n_parts];
}

const GwPoint *
gw_lines_get_line (const GwLines *lines, guint i, guint *n_points)
{
  return gw_parts_get_part (&lines->parts, i, n_points);
}

GwBox
gw_lines_get_box (const GwLines *lines)
{
  return lines->parts.box;
}

gboolean
gw_lines_is_equal (const GwLines *a, const GwLines *b)
{
  return gw_parts_is_equal (&a->parts, &b->parts);
}

GBytes *
gw_lines_to_bytes (const GwLines *lines)
{
  return gw_parts_to_bytes (&lines->parts, GW_PARTS_LINES);
}

GwLines *
gw_lines_from_bytes (GBytes *bytes, GError **error)
{
  GwParts parts = { 0 };
  GwLines *self;

  if (!gw_parts_from_bytes (&parts, GW_PARTS_LINES, 2, bytes, error))
    return NULL;
  self = g_atomic_rc_box_new0 (GwLines);
  self->parts = parts;
  return self;
}
