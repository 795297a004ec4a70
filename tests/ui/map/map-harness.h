/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window for one map, under a display without a person. */

#include "gw-map-frame.h"
#include "gw-map-view.h"

G_BEGIN_DECLS

typedef struct
{
  GwSession *session;   /* borrowed */
  GwFilterModel *model; /* owned */
  GwMapView *view;      /* borrowed from the window */
  GtkWidget *window;
} MapScene;

/* GTK, libadwaita and the resources of the shell, in the language of the environment. */
void map_harness_init (void);
/* A map of its own size on the screen; returns when it is painted, or after a while. */
void map_scene_open (MapScene *self, GwSession *session, int width, int height);
/* Proves that the view and the model died. */
void map_scene_close (MapScene *self);
/* Runs the main loop until answer, ground, points and movement are there. FALSE after a while. */
gboolean map_scene_settle (MapScene *self);

/* What a widget shows now: pixels as 0xAARRGGBB, one a widget pixel. */
typedef struct
{
  int width, height;
  guint32 *pixels; /* owned */
} MapImage;
MapImage map_harness_draw (GtkWidget *widget);
void map_image_clear (MapImage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MapImage, map_image_clear)
guint32 map_image_get (const MapImage *self, int x, int y);
gboolean map_harness_save (GtkWidget *widget, const char *path);

/* Largest difference of a channel. */
guint map_colour_distance (guint32 a, guint32 b);

G_END_DECLS
