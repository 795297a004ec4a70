/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-camera.h"

#include "gw-map-layer.h"
#include <math.h>

#define FLIGHT_MS 260
#define FIT_PADDING_PX 36
/* Tools and legend lie there. */
#define RIM_PX 20
#define RIM_TOP_PX 44

struct _GwMapCamera
{
  ShumateMap *map;                                       /* borrowed */
  ShumateViewport *viewport;                             /* borrowed from the map */
  AdwAnimation *flight;                                  /* owned, nullable */
  double from_x, from_y, from_zoom, to_x, to_y, to_zoom; /* plain zooms */
  gboolean is_placed;
};

GwMapCamera *
gw_map_camera_new (ShumateMap *map)
{
  GwMapCamera *self = g_new0 (GwMapCamera, 1);

  self->map = map;
  self->viewport = shumate_map_get_viewport (map);
  return self;
}

void
gw_map_camera_free (GwMapCamera *self)
{
  g_clear_object (&self->flight);
  g_free (self);
}

gboolean
gw_map_camera_get_frame (GwMapCamera *self, GwMapFrame *frame)
{
  return gw_map_frame_of_viewport (self->viewport, GTK_WIDGET (self->map), frame);
}

GwWorldPoint
gw_map_camera_get_centre (GwMapCamera *self)
{
  ShumateLocation *location = SHUMATE_LOCATION (self->viewport);

  return gw_mercator_from_lattice (
      gw_point_from_degrees (shumate_location_get_longitude (location),
                             shumate_location_get_latitude (location)));
}

static gboolean
is_flying (GwMapCamera *self)
{
  return self->flight != NULL && adw_animation_get_state (self->flight) == ADW_ANIMATION_PLAYING;
}

double
gw_map_camera_get_zoom (GwMapCamera *self)
{
  return is_flying (self) ? gw_map_zoom_from_plain (self->to_zoom)
                          : shumate_viewport_get_zoom_level (self->viewport);
}

gboolean
gw_map_camera_is_placed (GwMapCamera *self)
{
  return self->is_placed;
}

void
gw_map_camera_stay (GwMapCamera *self)
{
  self->is_placed = TRUE;
}

static void
look (GwMapCamera *self, GwWorldPoint centre, double zoom)
{
  GwPoint place = gw_mercator_to_lattice (centre);

  shumate_viewport_set_zoom_level (self->viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), gw_lattice_to_degrees (place.y),
                                 gw_lattice_to_degrees (place.x));
}

static void
stop (GwMapCamera *self)
{
  if (self->flight != NULL)
    adw_animation_pause (self->flight);
  shumate_map_stop_go_to (self->map);
}

void
gw_map_camera_jump_to (GwMapCamera *self, GwWorldPoint centre, double zoom)
{
  stop (self);
  self->is_placed = TRUE;
  look (self, centre, zoom);
}

static guint32
between (double from, double to, double part)
{
  return (guint32)CLAMP (from + (to - from) * part, 0, G_MAXUINT32);
}

static void
flight_cb (double part, gpointer data)
{
  GwMapCamera *self = data;
  double zoom = self->from_zoom + (self->to_zoom - self->from_zoom) * part, way = part;

  /* At an even zoom speed the place that is flown to moves evenly over the screen. */
  if (fabs (self->from_zoom - self->to_zoom) > 0.01)
    way = (1 - exp2 (self->from_zoom - zoom)) / (1 - exp2 (self->from_zoom - self->to_zoom));
  look (self,
        (GwWorldPoint){ between (self->from_x, self->to_x, way),
                        between (self->from_y, self->to_y, way) },
        gw_map_zoom_from_plain (zoom));
}

void
gw_map_camera_fly_to (GwMapCamera *self, GwWorldPoint centre, double zoom)
{
  GwWorldPoint from = gw_map_camera_get_centre (self);
  GtkWidget *widget = GTK_WIDGET (self->map);

  if (!self->is_placed || !gtk_widget_get_mapped (widget) || !adw_get_enable_animations (widget))
    {
      gw_map_camera_jump_to (self, centre, zoom);
      return;
    }
  stop (self);
  self->from_x = from.x;
  self->from_y = from.y;
  self->from_zoom = gw_map_zoom_to_plain (shumate_viewport_get_zoom_level (self->viewport));
  self->to_x = centre.x;
  self->to_y = centre.y;
  self->to_zoom = gw_map_zoom_to_plain (zoom);
  /* A new one each time: resetting the old one would show its beginning as if no flight were under
   * way, and the map would leave the area it has just entered. */
  g_clear_object (&self->flight);
  self->flight =
      adw_timed_animation_new (widget, 0, 1, FLIGHT_MS,
                               adw_callback_animation_target_new (flight_cb, self, NULL));
  adw_animation_play (self->flight);
}

static double
fit_zoom (GwMapCamera *self, GwWorldBox box, GwWorldPoint *centre)
{
  return gw_map_fit_box (box, gtk_widget_get_width (GTK_WIDGET (self->map)),
                         gtk_widget_get_height (GTK_WIDGET (self->map)), FIT_PADDING_PX, centre);
}

void
gw_map_camera_fit (GwMapCamera *self, GwWorldBox box)
{
  GwWorldPoint centre = { 0 };
  double zoom = fit_zoom (self, box, &centre);

  gw_map_camera_fly_to (self, centre, zoom);
}

double
gw_map_camera_get_fitting_zoom (GwMapCamera *self, GwWorldBox box)
{
  GwWorldPoint centre = { 0 };

  return gw_map_zoom_to_plain (fit_zoom (self, box, &centre));
}

void
gw_map_camera_bring_into_view (GwMapCamera *self, GwPoint place)
{
  GwMapFrame frame = { 0 };
  GwWorldPoint world = gw_mercator_from_lattice (place);
  double x = 0, y = 0;

  if (!gw_map_camera_get_frame (self, &frame))
    return;
  gw_map_frame_to_px (&frame, world, &x, &y);
  if (x < RIM_PX || y < RIM_TOP_PX || x > frame.width - RIM_PX || y > frame.height - RIM_PX)
    gw_map_camera_fly_to (self, world, gw_map_camera_get_zoom (self));
}

void
gw_map_camera_zoom_by (GwMapCamera *self, double steps, double x, double y)
{
  GwMapFrame frame = { 0 }, next;
  double zoom = 0, px = 0, py = 0;
  GwWorldPoint place;

  if (!gw_map_camera_get_frame (self, &frame))
    return;
  zoom = CLAMP (gw_map_zoom_from_plain (gw_map_frame_get_plain_zoom (&frame) + steps),
                GW_MAP_MIN_ZOOM, GW_MAP_MAX_ZOOM);
  place = gw_map_frame_from_px (&frame, x, y);
  next = gw_map_frame_new (gw_map_camera_get_centre (self), zoom, frame.width, frame.height,
                           frame.scale);
  gw_map_frame_to_px (&next, place, &px, &py);
  gw_map_camera_fly_to (self,
                        gw_map_frame_from_px (&next, frame.width / 2.0 + px - x,
                                              frame.height / 2.0 + py - y),
                        zoom);
}

void
gw_map_camera_pan (GwMapCamera *self, double part_x, double part_y)
{
  GwMapFrame frame = { 0 };

  if (gw_map_camera_get_frame (self, &frame))
    gw_map_camera_fly_to (self,
                          gw_map_frame_from_px (&frame, frame.width * (0.5 + part_x),
                                                frame.height * (0.5 + part_y)),
                          gw_map_camera_get_zoom (self));
}

char *
gw_map_camera_dup_state (GwMapCamera *self)
{
  ShumateLocation *location = SHUMATE_LOCATION (self->viewport);
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE], zoom[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (lon, sizeof lon, "%.6f", shumate_location_get_longitude (location));
  g_ascii_formatd (lat, sizeof lat, "%.6f", shumate_location_get_latitude (location));
  g_ascii_formatd (zoom, sizeof zoom, "%.3f", shumate_viewport_get_zoom_level (self->viewport));
  return g_strdup_printf ("%s,%s,%s", lon, lat, zoom);
}

gboolean
gw_map_camera_restore_state (GwMapCamera *self, const char *state)
{
  g_auto (GStrv) parts = g_strsplit (state, ",", 4);
  double zoom;
  GwPoint place;

  if (g_strv_length (parts) != 3)
    return FALSE;
  place = gw_point_from_degrees (g_ascii_strtod (parts[0], NULL), g_ascii_strtod (parts[1], NULL));
  zoom = g_ascii_strtod (parts[2], NULL);
  if (!gw_point_is_valid (place) || !(zoom >= GW_MAP_MIN_ZOOM && zoom <= GW_MAP_MAX_ZOOM))
    return FALSE;
  gw_map_camera_jump_to (self, gw_mercator_from_lattice (place), zoom);
  return TRUE;
}
