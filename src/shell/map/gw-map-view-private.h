/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the map view: gw-map-view.c holds them together, -data.c turns the answer of the
 * filter into colours, -input.c turns clicks and keys into changes of the filter. */

#include "gw-map-area-layer.h"
#include "gw-map-classes.h"
#include "gw-map-label-layer.h"
#include "gw-map-view.h"

G_BEGIN_DECLS

typedef enum
{
  GW_MAP_POINTS_ALL,
  GW_MAP_POINTS_OPEN,
  GW_MAP_POINTS_NONE,
} GwMapPoints;

struct _GwMapView
{
  AdwBin parent;
  GwSession *session;   /* owned */
  GwFilterModel *model; /* owned */

  ShumateMap *map;
  ShumateViewport *viewport; /* borrowed from the map */
  GtkOverlay *overlay;
  GtkMenuButton *layers;
  GtkBox *tools;
  GtkLabel *scale;
  GtkLabel *note;
  GtkLabel *banner;
  GtkButton *cursor;
  GtkWidget *legend;          /* GwMapLegend */
  GwMapAreaLayer *area_layer; /* borrowed from the map */
  GwMapLabelLayer *label_layer;
  GwMapPointLayer *point_layer;

  GwMapAreas *levels[GW_N_LEVELS]; /* owned, nullable: made when first shown */
  GwMapAreas *areas;               /* borrowed from levels; nullable */
  guint32 focus;                   /* area of the filter */
  char *figure;                    /* owned: "open" "overdue" "total" "layer:ID" */
  GwMapPoints points;
  GArray *layer_values;     /* owned, nullable: double by area id */
  GCancellable *layer_task; /* owned, nullable */
  GwMapClasses classes;
  GCancellable *index_task; /* owned, nullable */

  AdwAnimation *flight; /* owned, nullable */
  double from_x, from_y, from_zoom, to_x, to_y, to_zoom;
  guint32 wanted_area; /* fitted as soon as there is a size */
  gboolean is_placed;  /* the viewport shows something on purpose */

  gint64 pinned;          /* the matter the pin stands for */
  GCancellable *pin_task; /* owned, nullable */
  double press_x, press_y;
  guint32 hovered;
  gboolean is_picking;
  GArray *features; /* owned: what Tab goes through, empty until it is asked for */
  gint at;          /* index into features, -1 */
};

/* -data.c */
void gw_map_view_connect_data (GwMapView *self);
void gw_map_view_drop_data (GwMapView *self);
/* The colours of lines. */
const GwMapInk *gw_map_view_get_ink (gboolean is_dark);
/* After a change of area, figure, selection or theme. */
void gw_map_view_update_ground (GwMapView *self);
void gw_map_view_update_points (GwMapView *self);
void gw_map_view_fill_menu (GwMapView *self);
/* Counts of an area as one translated sentence; transfer full. */
char *gw_map_view_describe_area (GwMapView *self, guint32 area);

/* -input.c */
void gw_map_view_connect_input (GwMapView *self);
void gw_map_view_end_pick (GwMapView *self, gboolean cancelled);
/* The area of the shown level under a place of the widget. */
guint32 gw_map_view_find_area (GwMapView *self, double x, double y);
/* What a click on the shown area @area does. */
void gw_map_view_open_area (GwMapView *self, guint32 area);
/* The cursor's features are of the last picture. */
void gw_map_view_forget_features (GwMapView *self);
void gw_map_view_place_cursor (GwMapView *self);

/* -view.c */
gboolean gw_map_view_get_frame (GwMapView *self, GwMapFrame *frame);
void gw_map_view_fly_to (GwMapView *self, GwWorldPoint centre, double zoom, gboolean animate);
void gw_map_view_fit (GwMapView *self, GwWorldBox box, gboolean animate);
void gw_map_view_zoom_by (GwMapView *self, double steps, double x, double y);
void gw_map_view_pan (GwMapView *self, double part_x, double part_y);
GwWorldBox gw_map_view_get_area_box (GwMapView *self, guint32 area);
gboolean gw_map_view_is_dark (GwMapView *self);
void gw_map_view_set_pin (GwMapView *self, gint64 matter, GwPoint place);

G_END_DECLS
