/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-symbol.h"

#include <math.h>

static void
set_colour (cairo_t *cr, guint32 rgb, double alpha)
{
  cairo_set_source_rgba (cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0,
                         (rgb & 0xff) / 255.0, alpha);
}

static cairo_t *
begin (double width, double height, int scale)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (width * scale),
                                  (int)ceil (height * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, scale, scale);
  return cr;
}

static cairo_surface_t *
end (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
trace_corners (cairo_t *cr, double radius, guint n, double first_angle)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, radius * cos (first_angle + 2 * G_PI * i / n),
                   radius * sin (first_angle + 2 * G_PI * i / n));
  cairo_close_path (cr);
}

static void
trace_lamp (cairo_t *cr, GwLamp lamp)
{
  const double half = GW_MAP_SYMBOL_RADIUS - 3.0;

  switch (lamp)
    {
    case GW_LAMP_RED:
      cairo_translate (cr, 0, 1);
      trace_corners (cr, half + 1.5, 3, -G_PI / 2);
      break;
    case GW_LAMP_AMBER:
      trace_corners (cr, half + 0.5, 4, -G_PI / 2);
      break;
    case GW_LAMP_GREY:
    case GW_LAMP_NONE:
      trace_corners (cr, half, 4, -G_PI / 4);
      break;
    case GW_LAMP_GREEN:
    default:
      cairo_arc (cr, 0, 0, half - 0.5, 0, 2 * G_PI);
      break;
    }
}

cairo_surface_t *
gw_map_symbol_draw_lamp (GwLamp lamp, gboolean is_dark, int scale)
{
  static const guint32 colours[] = {
    [GW_LAMP_NONE] = 0x77767b, [GW_LAMP_GREEN] = 0x1b8553, [GW_LAMP_AMBER] = 0xe0a100,
    [GW_LAMP_RED] = 0xc01c28,  [GW_LAMP_GREY] = 0x77767b,
  };
  cairo_t *cr = begin (2 * GW_MAP_SYMBOL_RADIUS, 2 * GW_MAP_SYMBOL_RADIUS, scale);

  cairo_translate (cr, GW_MAP_SYMBOL_RADIUS, GW_MAP_SYMBOL_RADIUS);
  trace_lamp (cr, lamp);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_colour (cr, 0x000000, 0.35);
  cairo_set_line_width (cr, 4.5);
  cairo_stroke_preserve (cr);
  set_colour (cr, is_dark ? 0xf6f5f4 : 0xffffff, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  set_colour (cr, colours[(guint)lamp < G_N_ELEMENTS (colours) ? lamp : GW_LAMP_NONE], 1);
  cairo_fill (cr);
  return end (cr);
}

cairo_surface_t *
gw_map_symbol_draw_pin (int scale)
{
  const double radius = 11, x = GW_MAP_PIN_WIDTH / 2.0, y = radius + 3;
  cairo_t *cr = begin (GW_MAP_PIN_WIDTH, GW_MAP_PIN_HEIGHT, scale);

  cairo_arc (cr, x, y, radius, G_PI * 0.86, G_PI * 2.14);
  cairo_line_to (cr, x, GW_MAP_PIN_HEIGHT - 2);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_colour (cr, 0x000000, 0.4);
  cairo_set_line_width (cr, 4.5);
  cairo_stroke_preserve (cr);
  set_colour (cr, 0xffffff, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  set_colour (cr, 0x1a5fb4, 1);
  cairo_fill (cr);
  set_colour (cr, 0xffffff, 1);
  cairo_arc (cr, x, y, 4.5, 0, 2 * G_PI);
  cairo_fill (cr);
  return end (cr);
}

cairo_surface_t *
gw_map_symbol_draw_circle (double radius, gboolean is_dark, int scale)
{
  double middle = ceil (radius) + 2;
  cairo_t *cr = begin (2 * middle, 2 * middle, scale);

  cairo_arc (cr, middle, middle, radius + 1.25, 0, 2 * G_PI);
  set_colour (cr, 0x000000, 0.25);
  cairo_fill (cr);
  cairo_arc (cr, middle, middle, radius, 0, 2 * G_PI);
  set_colour (cr, is_dark ? 0xe8ecef : 0x33434f, 0.92);
  cairo_fill_preserve (cr);
  set_colour (cr, is_dark ? 0x22282c : 0xffffff, 0.95);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  return end (cr);
}

double
gw_map_symbol_get_radius (guint n)
{
  static const double radii[] = { 11, 12.5, 15, 18, 21, 24 };
  guint digits = 1;

  for (guint rest = n; rest >= 10; rest /= 10)
    digits++;
  return radii[MIN (digits, G_N_ELEMENTS (radii)) - 1];
}
