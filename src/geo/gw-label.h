/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which labels of many fit into a picture without touching each other. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y;          /* upper left corner in px */
  float width, height; /* px */
  gint priority;       /* higher goes first; equal ones in the order given */
} GwLabelBox;

/* Greedy on a collision grid: sets @is_visible[i] for each of @n_boxes. A box that leaves the
 * picture of @width x @height altogether is not visible; one that is cut by its edge may be.
 * @gap_px is kept free around each. The same input gives the same answer. Returns how many show. */
guint gw_label_place (const GwLabelBox *boxes,
                      guint n_boxes,
                      float width,
                      float height,
                      float gap_px,
                      gboolean *is_visible);

G_END_DECLS
