/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-label.h"

#include <math.h>

/* Labels are some 20 px high and 60 to 150 px wide: a cell holds a handful. */
#define CELL_PX 64.0f
#define MAX_CELLS 256

typedef struct
{
  gint priority;
  guint index;
} Rank;

typedef struct
{
  guint n_columns, n_rows;
  gint *heads;     /* owned: the first entry of each cell, -1 for none */
  GArray *entries; /* owned, Entry */
} Grid;

typedef struct
{
  guint box;
  gint next;
} Entry;

typedef struct
{
  guint x0, y0, x1, y1;
} CellRange;

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const Rank *left = a, *right = b;

  if (left->priority != right->priority)
    return left->priority > right->priority ? -1 : 1;
  return (left->index > right->index) - (left->index < right->index);
}

static Rank *
rank_boxes (const GwLabelBox *boxes, guint n_boxes)
{
  Rank *ranks = g_new (Rank, n_boxes);

  for (guint i = 0; i < n_boxes; i++)
    ranks[i] = (Rank){ boxes[i].priority, i };
  if (n_boxes > 1)
    qsort (ranks, n_boxes, sizeof *ranks, compare_ranks);
  return ranks;
}

static guint
get_cell (float px, guint n_cells)
{
  return px <= 0 ? 0 : (guint)MIN (px / CELL_PX, (float)(n_cells - 1));
}

static CellRange
get_cells (const Grid *grid, const GwLabelBox *box, float gap_px)
{
  return (CellRange){ get_cell (box->x - gap_px, grid->n_columns),
                      get_cell (box->y - gap_px, grid->n_rows),
                      get_cell (box->x + box->width + gap_px, grid->n_columns),
                      get_cell (box->y + box->height + gap_px, grid->n_rows) };
}

static gboolean
is_touching (const GwLabelBox *a, const GwLabelBox *b, float gap_px)
{
  return a->x < b->x + b->width + gap_px && b->x < a->x + a->width + gap_px &&
         a->y < b->y + b->height + gap_px && b->y < a->y + a->height + gap_px;
}

static gboolean
is_free (const Grid *grid, const GwLabelBox *boxes, const GwLabelBox *box, float gap_px)
{
  CellRange cells = get_cells (grid, box, gap_px);

  for (guint y = cells.y0; y <= cells.y1; y++)
    {
      for (guint x = cells.x0; x <= cells.x1; x++)
        {
          gint at = grid->heads[y * grid->n_columns + x];

          while (at >= 0)
            {
              const Entry *entry = &g_array_index (grid->entries, Entry, at);

              if (is_touching (box, &boxes[entry->box], gap_px))
                return FALSE;
              at = entry->next;
            }
        }
    }
  return TRUE;
}

static void
occupy (Grid *grid, const GwLabelBox *boxes, guint box)
{
  CellRange cells = get_cells (grid, &boxes[box], 0);

  for (guint y = cells.y0; y <= cells.y1; y++)
    {
      for (guint x = cells.x0; x <= cells.x1; x++)
        {
          gint *head = &grid->heads[y * grid->n_columns + x];
          Entry entry = { box, *head };

          *head = (gint)grid->entries->len;
          g_array_append_val (grid->entries, entry);
        }
    }
}

static gboolean
is_in_picture (const GwLabelBox *box, float width, float height)
{
  /* Written so that a NaN fails. */
  return box->x < width && box->y < height && box->x + box->width > 0 && box->y + box->height > 0;
}

guint
gw_label_place (const GwLabelBox *boxes,
                guint n_boxes,
                float width,
                float height,
                float gap_px,
                gboolean *is_visible)
{
  g_autofree Rank *ranks = rank_boxes (boxes, n_boxes);
  g_autofree gint *heads = NULL;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Grid grid = { .entries = entries };
  guint n_visible = 0;

  grid.n_columns = (guint)CLAMP (ceilf (width / CELL_PX), 1, MAX_CELLS);
  grid.n_rows = (guint)CLAMP (ceilf (height / CELL_PX), 1, MAX_CELLS);
  grid.heads = heads = g_new (gint, grid.n_columns * grid.n_rows);
  for (guint i = 0; i < grid.n_columns * grid.n_rows; i++)
    heads[i] = -1;
  for (guint i = 0; i < n_boxes; i++)
    {
      guint box = ranks[i].index;

      is_visible[box] =
          is_in_picture (&boxes[box], width, height) && is_free (&grid, boxes, &boxes[box], gap_px);
      if (is_visible[box])
        {
          occupy (&grid, boxes, box);
          n_visible++;
        }
    }
  return n_visible;
}
