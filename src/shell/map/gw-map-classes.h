/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a figure per area to a class and its colour. A value; classes are quantiles of what the
 * areas have, so that each colour is seen; nothing and "no data" are classes of their own. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_MAP_MAX_CLASSES 5
#define GW_MAP_CLASS_NO_DATA -2
#define GW_MAP_CLASS_ZERO -1

typedef enum
{
  GW_MAP_FIGURE_COUNT, /* whole numbers; 0 is a class of its own: "no matters" */
  GW_MAP_FIGURE_VALUE, /* any number; NAN is no data */
} GwMapFigure;

typedef struct
{
  GwMapFigure figure;
  guint n;                         /* classes in use, 0 when there is nothing to class */
  double from[GW_MAP_MAX_CLASSES]; /* smallest value of each class, ascending */
  double to[GW_MAP_MAX_CLASSES];   /* largest one that occurs */
} GwMapClasses;

/* @values: zeros (of counts) and NANs are left out of the quantiles. Equal values are always in
 * one class, so there may be fewer than @n_classes (at most GW_MAP_MAX_CLASSES). */
GwMapClasses gw_map_classes_new (GwMapFigure figure,
                                 const double *values,
                                 guint n_values,
                                 guint n_classes);
/* 0 ... n - 1, GW_MAP_CLASS_ZERO or GW_MAP_CLASS_NO_DATA. */
int gw_map_classes_find (const GwMapClasses *self, double value);
/* "4–7", "12", "no matters": translated; transfer full. @decimals: of values. */
char *gw_map_classes_dup_label (const GwMapClasses *self, int class_index);

/* 0xAARRGGBB, opaque. The palettes are sequential in lightness, so that they survive any kind of
 * colour blindness and a grey print. @is_dark: for a dark window. */
guint32 gw_map_classes_get_colour (const GwMapClasses *self, int class_index, gboolean is_dark);
/* Of the window behind the map. */
guint32 gw_map_ground_colour (gboolean is_dark);
/* @colour, @part (0 to 1) of the way towards @other; alpha stays. */
guint32 gw_map_colour_mix (guint32 colour, guint32 other, double part);

G_END_DECLS
