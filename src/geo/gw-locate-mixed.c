/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-build-private.h"

#include "gw-rings-private.h"

#include <string.h>

/* Edges of a sub-cell that are compared with each other; most have two or four. */
#define MAX_PARTITION 32

static void
add_word (GwLocateBuilder *self, guint32 word)
{
  g_array_append_val (self->words, word);
}

static gsize
count_same_area (const GwLocateBuilder *self, const GwLocateMark *marks, gsize n)
{
  gsize same = 1;

  while (same < n && self->edge_areas[marks[same].index] == self->edge_areas[marks[0].index])
    same++;
  return same;
}

static void
toggle_latitude (GArray *list, gint32 y)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (g_array_index (list, gint32, i) == y)
        {
          g_array_remove_index_fast (list, i);
          return;
        }
    }
  g_array_append_val (list, y);
}

/* Ends of listed edges that lie east of the sub-cell and within its rows. Two that meet out of
 * sight undo each other, so a latitude that stands there already goes again. */
static void
collect_thresholds (
    const GwLocateBuilder *self, const GwLocateMark *marks, gsize n, GwPoint corner, GArray *list)
{
  gint64 north = (gint64)corner.y + ((gint64)1 << self->locate->shift_y);

  for (gsize i = 0; i < n; i++)
    {
      const GwLocateEdge *edge = &self->edges[marks[i].index];
      const GwPoint ends[2] = { edge->a, edge->b };

      for (guint k = 0; k < 2; k++)
        {
          if (ends[k].x > corner.x && ends[k].y > corner.y && ends[k].y < north)
            toggle_latitude (list, ends[k].y);
        }
    }
}

static void
add_edges (GwLocateBuilder *self, const GwLocateMark *marks, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      const GwLocateEdge *edge = &self->edges[marks[i].index];

      /* A level edge has made its sub-cells mixed and meets no ray. */
      if (edge->a.y != edge->b.y)
        g_array_append_vals (self->words, edge, 4);
    }
}

static guint
count_slanted (const GwLocateBuilder *self, const GwLocateMark *marks, gsize n)
{
  guint count = 0;

  for (gsize i = 0; i < n; i++)
    count += self->edges[marks[i].index].a.y != self->edges[marks[i].index].b.y;
  return count;
}

static gboolean
get_parity (const GwLocateBuilder *self,
            const GwLocateMark *marks,
            gsize n,
            gboolean is_inside,
            GwPoint corner)
{
  for (gsize i = 0; i < n; i++)
    {
      const GwLocateEdge *edge = &self->edges[marks[i].index];

      is_inside ^= gw_edge_is_east (edge->a, edge->b, corner);
    }
  return is_inside;
}

/* One area of a mixed sub-cell whose south-east lattice point is @corner. */
static void
add_area (
    GwLocateBuilder *self, const GwLocateMark *marks, gsize n, gboolean is_inside, GwPoint corner)
{
  guint n_edges = count_slanted (self, marks, n);
  gboolean parity = get_parity (self, marks, n, is_inside, corner);

  add_word (self, self->edge_areas[marks->index] | (parity ? GW_LOCATE_MIXED : 0) |
                      MIN (n_edges, G_MAXUINT16) << 16);
  if (n_edges >= G_MAXUINT16)
    add_word (self, n_edges);
  g_array_set_size (self->thresholds, 0);
  collect_thresholds (self, marks, n, corner, self->thresholds);
  add_word (self, self->thresholds->len);
  add_edges (self, marks, n);
  if (self->thresholds->len > 0)
    g_array_append_vals (self->words, self->thresholds->data, self->thresholds->len);
}

static gboolean
is_same_edge (const GwLocateEdge *a, const GwLocateEdge *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* Whether every slanted edge stands there an even number of times. */
static gboolean
is_paired (const GwLocateBuilder *self, const GwLocateMark *marks, gsize n)
{
  guint8 is_used[MAX_PARTITION] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      const GwLocateEdge *edge = &self->edges[marks[i].index];
      gsize twin = i + 1;

      if (is_used[i] || edge->a.y == edge->b.y)
        continue;
      while (twin < n && (is_used[twin] || !is_same_edge (edge, &self->edges[marks[twin].index])))
        twin++;
      if (twin == n)
        return FALSE;
      is_used[twin] = TRUE;
    }
  return TRUE;
}

/* Whether the areas that have edges here hold every point an odd number of times: then a point
 * that is in none but the last must be in the last, which need not be asked. That is so when all
 * edges and thresholds meet their like and the parities sum to odd; in a sub-cell between two
 * neighbours of a partition it always is. */
static gboolean
is_partition (GwLocateBuilder *self,
              const GwLocateSweep *sweep,
              const GwLocateMark *marks,
              gsize n,
              GwPoint corner)
{
  gboolean parity = FALSE;

  if (n > MAX_PARTITION || !is_paired (self, marks, n))
    return FALSE;
  g_array_set_size (self->thresholds, 0);
  collect_thresholds (self, marks, n, corner, self->thresholds);
  if (self->thresholds->len > 0)
    return FALSE;
  for (gsize i = 0; i < n;)
    {
      gsize same = count_same_area (self, marks + i, n - i);
      guint16 area = self->edge_areas[marks[i].index];

      parity ^= get_parity (self, marks + i, same, gw_locate_sweep_is_inside (sweep, area), corner);
      i += same;
    }
  return parity;
}

/* The lowest area that covers the sub-cell without an edge in it. */
static guint16
find_terminal (const GwLocateBuilder *self,
               const GwLocateSweep *sweep,
               const GwLocateMark *marks,
               gsize n)
{
  guint16 lowest = GW_LOCATE_NONE;

  for (guint i = 0; i < sweep->inside->len; i++)
    {
      guint16 area = g_array_index (sweep->inside, guint16, i);
      gboolean has_edge = FALSE;

      for (gsize k = 0; k < n && !has_edge; k++)
        has_edge = self->edge_areas[marks[k].index] == area;
      if (!has_edge)
        lowest = MIN (lowest, area);
    }
  return lowest;
}

/* Writes the words of a mixed sub-cell; @marks are its edges, grouped by area because edges are
 * numbered by area. */
void
gw_locate_add_mixed (GwLocateBuilder *self,
                     const GwLocateSweep *sweep,
                     const GwLocateMark *marks,
                     gsize n,
                     GwPoint corner)
{
  guint16 terminal = find_terminal (self, sweep, marks, n);
  guint32 start = self->words->len;
  gsize n_asked = n;
  guint n_areas = 0;

  if (terminal == GW_LOCATE_NONE && is_partition (self, sweep, marks, n, corner))
    {
      terminal = self->edge_areas[marks[n - 1].index];
      while (n_asked > 0 && self->edge_areas[marks[n_asked - 1].index] == terminal)
        n_asked--;
    }

  g_array_append_val (self->offsets, start);
  add_word (self, 0);
  for (gsize i = 0; i < n;)
    {
      gsize same = count_same_area (self, marks + i, n - i);
      guint16 area = self->edge_areas[marks[i].index];

      if (area < terminal)
        {
          add_area (self, marks + i, same, gw_locate_sweep_is_inside (sweep, area), corner);
          n_areas++;
        }
      i += same;
    }
  g_array_index (self->words, guint32, start) = terminal | n_areas << 16;
}
