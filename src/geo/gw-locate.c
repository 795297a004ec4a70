/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-private.h"

#include "gw-rings-private.h"

GwLocate *
gw_locate_new (const GwRings *const *areas, guint n_areas)
{
  GwLocate *self;

  g_return_val_if_fail (n_areas <= GW_LOCATE_MAX_AREAS, NULL);

  self = g_atomic_rc_box_new0 (GwLocate);
  gw_locate_build (self, areas, n_areas);
  return self;
}

GwLocate *
gw_locate_ref (const GwLocate *locate)
{
  return g_atomic_rc_box_acquire ((GwLocate *)locate);
}

static void
locate_clear (gpointer data)
{
  GwLocate *self = data;

  g_free (self->tops);
  g_free (self->subs);
  g_free (self->mixed_bases);
  g_free (self->mixed_offsets);
  g_free (self->words);
  g_free (self->edges);
}

void
gw_locate_unref (GwLocate *locate)
{
  g_atomic_rc_box_release_full (locate, locate_clear);
}

guint
gw_locate_get_n_areas (const GwLocate *locate)
{
  return locate->n_areas;
}

GwBox
gw_locate_get_box (const GwLocate *locate)
{
  return locate->box;
}

gsize
gw_locate_get_size (const GwLocate *locate)
{
  return sizeof *locate + sizeof (guint32) * locate->n_columns * locate->n_rows +
         sizeof (guint16) * locate->n_subs +
         sizeof (guint32) * (locate->n_splits + locate->n_mixed + locate->n_words) +
         sizeof (GwLocateEdge) * locate->n_edges;
}

/* @mixed: the number of the sub-cell among all mixed ones. */
static guint16
find_in_mixed (const GwLocate *self, guint32 mixed, GwPoint point)
{
  const guint32 *word = self->words + self->mixed_offsets[mixed];
  guint16 terminal = (guint16)*word;
  guint n_areas = *word++ >> 16;

  while (n_areas-- > 0)
    {
      guint32 head = *word++;
      guint n_edges = head >> 16, n_thresholds;
      gboolean is_inside = (head >> 15) & 1;

      if (n_edges == G_MAXUINT16)
        n_edges = *word++;
      n_thresholds = *word++;
      for (; n_edges > 0; n_edges--)
        {
          const GwLocateEdge *edge = &self->edges[*word++];

          is_inside ^= gw_edge_is_east (edge->a, edge->b, point);
        }
      for (; n_thresholds > 0; n_thresholds--)
        is_inside ^= point.y >= (gint32)*word++;
      if (is_inside)
        return head & (GW_LOCATE_MIXED - 1);
    }
  return terminal;
}

guint16
gw_locate_find (const GwLocate *locate, gint32 x, gint32 y)
{
  guint16 found;

  gw_locate_find_many (locate, &x, &y, 1, &found);
  return found;
}

void
gw_locate_find_many (
    const GwLocate *locate, const gint32 *x, const gint32 *y, gsize n, guint16 *found)
{
  const guint sub_mask = (1u << GW_LOCATE_SUB_BITS) - 1;
  const guint32 x0 = (guint32)locate->box.x0, y0 = (guint32)locate->box.y0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 dx = (guint32)x[i] - x0, dy = (guint32)y[i] - y0;
      guint32 column, row, top, sub;
      guint16 value;

      /* One comparison per axis: what lies before the box becomes huge. */
      if (dx > locate->width || dy > locate->height)
        {
          found[i] = GW_LOCATE_NONE;
          continue;
        }
      column = dx >> locate->shift_x;
      row = dy >> locate->shift_y;
      top = locate->tops[(row >> GW_LOCATE_SUB_BITS) * locate->n_columns +
                         (column >> GW_LOCATE_SUB_BITS)];
      sub = ((row & sub_mask) << GW_LOCATE_SUB_BITS) | (column & sub_mask);
      value = locate->subs[(top >> 1) + (sub & (0u - (top & 1)))];
      if (G_UNLIKELY (value & GW_LOCATE_MIXED))
        {
          if (value != GW_LOCATE_NONE)
            {
              guint32 split = ((top >> 1) - locate->n_areas - 1) / GW_LOCATE_SUBS;

              value = find_in_mixed (locate,
                                     locate->mixed_bases[split] + (value & (GW_LOCATE_MIXED - 1)),
                                     (GwPoint){ x[i], y[i] });
            }
        }
      found[i] = value;
    }
}
