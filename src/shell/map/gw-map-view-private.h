/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the map view. gw-map-view.c holds them together; -areas.c says which areas show and
 * which are chosen, -ground.c colours them, -points.c gathers the matters, -actions.c is what the
 * layers button switches, -pointer.c, -keys.c and -pick.c turn clicks and keys into changes of the
 * filter, -contents.c lists and -words.c says what is drawn. */

#include "gw-map-area-layer.h"
#include "gw-map-camera.h"
#include "gw-map-classes.h"
#include "gw-map-count.h"
#include "gw-map-label-layer.h"
#include "gw-map-levels.h"
#include "gw-map-stops.h"
#include "gw-map-view.h"

G_BEGIN_DECLS

#define GW_MAP_LEVEL_BY_ZOOM -1

struct _GwMapView
{
  AdwBin parent;
  GwSession *session;   /* owned */
  GwFilterModel *model; /* owned */

  ShumateMap *map;
  GtkOverlay *overlay;
  GtkMenuButton *layers;
  GtkMenuButton *contents;
  GtkBox *tools;
  GtkLabel *scale;
  GtkLabel *note;
  GtkLabel *banner;
  GtkButton *cursor;
  GtkPopover *list;           /* of the matters of a circle; a child of the view */
  GtkWidget *legend;          /* GwMapLegend */
  GwMapCamera *camera;        /* owned */
  GwMapAreaLayer *area_layer; /* borrowed from the map */
  GwMapLabelLayer *label_layer;
  GwMapPointLayer *point_layer;

  GwMapLevels *levels;  /* owned, nullable */
  GwMapAreas *areas;    /* borrowed from levels; nullable */
  guint32 area;         /* of the filter: the chosen one */
  guint32 base;         /* whose parts the map is about; contains @area, or is GW_AREA_NONE */
  gint level;           /* a GwAreaLevel that was asked for, or GW_MAP_LEVEL_BY_ZOOM */
  gboolean is_choosing; /* the filter changes because an area was chosen here */
  guint32 wanted_area;  /* fitted as soon as there is a size; G_MAXUINT32 none */

  GwMapCount count;
  char *layer; /* owned, nullable: the layer of a module that colours the areas */
  gboolean shows_points, shows_river;
  GArray *layer_values;     /* owned, nullable: double by area id */
  GCancellable *layer_task; /* owned, nullable */
  GwMapClasses classes;
  gboolean has_empty;          /* areas without matters, or without data, are on the map */
  GCancellable *index_task;    /* owned, nullable */
  guint n_placed, n_placeless; /* counted matters with and without a point */

  gint64 pinned;          /* the matter the pin stands for */
  GCancellable *pin_task; /* owned, nullable */
  double press_x, press_y;
  guint32 clicked; /* area of the last single click */
  guint32 hovered;
  gboolean is_picking;
  GArray *stops;      /* owned: GwMapStop, empty until they are asked for */
  gint at;            /* index into stops, -1 */
  gboolean has_moved; /* the stops are of another look */
  guint fill;         /* source that fills the open list of contents; 0 none */
};

/* -areas.c */
/* Both after the filter's area or the reference data changed. */
void gw_map_view_use_area (GwMapView *self, guint32 area);
void gw_map_view_reload_areas (GwMapView *self);
/* After a change of zoom or of the level asked for. */
void gw_map_view_update_level (GwMapView *self);
/* The area of the shown level under a place of the widget. */
guint32 gw_map_view_find_area (GwMapView *self, double x, double y);
/* Under a pointer that only moves: what is not ready yet is not waited for. */
guint32 gw_map_view_find_pointed_area (GwMapView *self, double x, double y);
GwWorldBox gw_map_view_get_area_box (GwMapView *self, guint32 area);
/* A click: the filter goes into the area, the map stays. */
void gw_map_view_choose_area (GwMapView *self, guint32 area);
/* A double click or Enter: the map goes in too and shows its parts. */
void gw_map_view_enter_area (GwMapView *self, guint32 area);
/* The chosen area is what the map is about, if it is @area; the filter stays. */
void gw_map_view_be_about (GwMapView *self, guint32 area);
/* The area above; FALSE when the whole district is shown already. */
gboolean gw_map_view_leave_area (GwMapView *self);

/* -ground.c */
/* The colours of lines. */
const GwMapInk *gw_map_view_get_ink (gboolean is_dark);
/* After a change of areas, figure, answer or style. */
void gw_map_view_update_ground (GwMapView *self);
void gw_map_view_update_legend (GwMapView *self);
/* Asks for the values of the layer that is on. */
void gw_map_view_ask_layer (GwMapView *self);
/* NULL when the id is none, or no module has it. */
const GwLayerSpec *gw_map_view_find_layer (GwMapView *self, const char *id);
/* What colours an area; NAN for no data. */
double gw_map_view_get_value (GwMapView *self, guint32 area);
/* What is counted under the filter as it is now. */
GwMapCount gw_map_view_get_count (GwMapView *self);
/* Translated, lent. */
const char *gw_map_view_get_figure_label (GwMapView *self);
gboolean gw_map_view_is_dark (GwMapView *self);

/* -points.c */
void gw_map_view_update_points (GwMapView *self);
void gw_map_view_update_pin (GwMapView *self);

/* -actions.c */
void gw_map_view_add_actions (GwMapView *self);
void gw_map_view_fill_layers (GwMapView *self);

/* -pointer.c, -keys.c, -pick.c */
void gw_map_view_connect_pointer (GwMapView *self);
void gw_map_view_connect_keys (GwMapView *self);
void gw_map_view_drop_list (GwMapView *self);
/* Outlines an area; GW_AREA_NONE for none. */
void gw_map_view_hover (GwMapView *self, guint32 area);
/* The matters of a circle as a list; a single one is selected. */
void gw_map_view_open_feature (GwMapView *self, const GwMapFeature *feature);
/* Nearer, so far that the circle comes apart. */
void gw_map_view_zoom_to_feature (GwMapView *self, const GwMapFeature *feature);
/* The stops are of the last picture. */
void gw_map_view_forget_stops (GwMapView *self);
GArray *gw_map_view_collect_stops (GwMapView *self);
/* The circle at a stop as the map draws it now; NULL when it came apart. Lent until it moves. */
const GwMapFeature *gw_map_view_find_feature (GwMapView *self, const GwMapStop *stop);
void gw_map_view_place_cursor (GwMapView *self);
void gw_map_view_end_pick (GwMapView *self, gboolean cancelled);
void gw_map_view_pick_at (GwMapView *self, double x, double y);

/* -contents.c */
void gw_map_view_add_contents (GwMapView *self);
void gw_map_view_fill_contents (GwMapView *self);
/* After the map moved or its answer changed; nothing while the list is closed. */
void gw_map_view_fill_contents_soon (GwMapView *self);

/* -words.c: what is drawn, as translated words; transfer full */
char *gw_map_view_describe_area (GwMapView *self, guint32 area);
char *gw_map_view_describe_feature (GwMapView *self, const GwMapFeature *feature);
char *gw_map_view_describe_counts (GwMapView *self);

G_END_DECLS
