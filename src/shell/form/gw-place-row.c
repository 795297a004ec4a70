/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-place-row.h"

#include "gw-area-mention.h"
#include "gw-area-picker.h"
#include "gw-form-row.h"
#include "gw-free-text.h"
#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define E7 1e7

struct _GwPlaceRow
{
  AdwBin parent;
  GwSession *session; /* owned */
  gboolean loading;   /* the program writes, not a person */
  guint32 named;      /* the area that the address gave; 0 = none */

  GwPicker *picker;
  GtkEditable *address, *point;
  GwFormRow *area_row, *address_row, *point_row;
  GtkBox *column;
};

G_DEFINE_FINAL_TYPE (GwPlaceRow, gw_place_row, ADW_TYPE_BIN)

/* "105.57241, 30.51329": longitude and latitude in degrees, as maps copy them. FALSE when it is no
 * such text. */
static gboolean
read_point (const char *text, gint32 *x, gint32 *y)
{
  g_autofree char *tidy = gw_text_fold (text);
  char *end = NULL;
  double lon = 0, lat = 0;

  lon = g_ascii_strtod (tidy, &end);
  if (end == tidy)
    return FALSE;
  while (*end == ' ' || *end == ',' || *end == ';')
    end++;
  text = end;
  lat = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(lon >= -180 && lon <= 180) || !(lat >= -90 && lat <= 90))
    return FALSE;
  *x = (gint32)(lon * E7 + (lon < 0 ? -0.5 : 0.5));
  *y = (gint32)(lat * E7 + (lat < 0 ? -0.5 : 0.5));
  return TRUE;
}

static gboolean
get_point (GwPlaceRow *self, gint32 *x, gint32 *y)
{
  return read_point (gtk_editable_get_text (self->point), x, y);
}

static char *
area_note (GwPlaceRow *self)
{
  guint32 area = gw_picker_get (self->picker);
  g_autofree char *path = NULL;
  gint32 x = 0, y = 0;

  if (area == GW_AREA_NONE)
    return NULL;
  path = gw_area_tree_path (gw_session_get_areas (self->session), area, " › ");
  if (get_point (self, &x, &y) && gw_session_locate (self->session, x, y) == area)
    return g_strdup_printf (_ ("%s (from the point)"), path);
  if (area == self->named)
    return g_strdup_printf (_ ("%s (from the address)"), path);
  return g_steal_pointer (&path);
}

static void
show_note (GwPlaceRow *self)
{
  g_autofree char *note = area_note (self);

  gw_form_row_set_note (self->area_row, note);
}

static void
written (GwPlaceRow *self)
{
  if (self->loading)
    return;
  show_note (self);
  g_signal_emit_by_name (self, "changed");
}

static void
point_cb (GwPlaceRow *self)
{
  gint32 x = 0, y = 0;
  guint32 area = GW_AREA_NONE;

  if (!self->loading && get_point (self, &x, &y))
    area = gw_session_locate (self->session, x, y);
  if (area != GW_AREA_NONE)
    {
      self->loading = TRUE;
      gw_area_picker_set (self->picker, self->session, area);
      self->loading = FALSE;
    }
  written (self);
}

/* An address that names an area is enough; an area that was chosen, or a point, says more. */
static void
address_cb (GwPlaceRow *self)
{
  guint32 area = gw_picker_get (self->picker), named = GW_AREA_NONE;
  gint32 x = 0, y = 0;

  if (!self->loading && (area == GW_AREA_NONE || area == self->named) && !get_point (self, &x, &y))
    {
      named = gw_area_tree_find_mention (gw_session_get_areas (self->session),
                                         gtk_editable_get_text (self->address));
      self->named = named;
      self->loading = TRUE;
      if (named != area)
        gw_area_picker_set (self->picker, self->session, named);
      self->loading = FALSE;
    }
  written (self);
}

static void
pick_cb (GwPlaceRow *self)
{
  g_signal_emit_by_name (self, "pick-point");
}

/* ---- what is wrong ---- */

static char *
judge_area (GwPlaceRow *self, gboolean strict)
{
  gint32 x = 0, y = 0;
  guint32 area = gw_picker_get (self->picker), located = GW_AREA_NONE;

  if (area == GW_AREA_NONE)
    return strict ? g_strdup (_ ("Choose the area from the list, name it in the address, or pick a "
                                 "point on the map"))
                  : NULL;
  if (!get_point (self, &x, &y))
    return NULL;
  located = gw_session_locate (self->session, x, y);
  if (located != GW_AREA_NONE &&
      !gw_area_tree_contains (gw_session_get_areas (self->session), area, located))
    return g_strdup (_ ("The point lies in another area: choose that one, or move the point"));
  return NULL;
}

static char *
judge_address (GwPlaceRow *self)
{
  const char *text = gtk_editable_get_text (self->address);
  g_autoptr (GError) error = NULL;

  if (gw_text_is_blank (text) ||
      gw_free_text_check (_ ("Address"), text, GW_INTAKE_MAX_ADDRESS, FALSE, &error))
    return NULL;
  return g_strdup (error->message);
}

static char *
judge_point (GwPlaceRow *self, gboolean strict)
{
  gint32 x = 0, y = 0;

  if (gw_text_is_blank (gtk_editable_get_text (self->point)))
    return NULL;
  if (!get_point (self, &x, &y))
    return strict ? g_strdup (_ ("Not a point: write longitude and latitude, “105.57, 30.51”"))
                  : NULL;
  if (gw_session_get_locate (self->session) != NULL &&
      gw_session_locate (self->session, x, y) == GW_AREA_NONE)
    return g_strdup (_ ("The point lies outside the district: check it, or empty the field"));
  return NULL;
}

gboolean
gw_place_row_check (GwPlaceRow *self, gboolean strict)
{
  g_autofree char *area = judge_area (self, strict);
  g_autofree char *address = judge_address (self);
  g_autofree char *point = judge_point (self, strict);

  gw_form_row_set_problem (self->area_row, area);
  gw_form_row_set_problem (self->address_row, address);
  gw_form_row_set_problem (self->point_row, point);
  return area == NULL && address == NULL && point == NULL;
}

static GwFormRow *
problem_row (GwPlaceRow *self)
{
  GwFormRow *rows[] = { self->area_row, self->address_row, self->point_row };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (gw_form_row_get_problem (rows[i]) != NULL)
      return rows[i];
  return NULL;
}

const char *
gw_place_row_get_problem (GwPlaceRow *self)
{
  GwFormRow *row = problem_row (self);

  return row != NULL ? gw_form_row_get_problem (row) : NULL;
}

void
gw_place_row_focus_problem (GwPlaceRow *self)
{
  GwFormRow *row = problem_row (self);

  if (row != NULL)
    (void)gw_form_row_focus (row);
}

/* ---- building ---- */

static void
gw_place_row_dispose (GObject *object)
{
  GwPlaceRow *self = GW_PLACE_ROW (object);

  self->loading = TRUE;
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_PLACE_ROW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gw_place_row_parent_class)->dispose (object);
}

static void
gw_place_row_class_init (GwPlaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_place_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-place-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GwPlaceRow, column);
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("pick-point", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_place_row_init (GwPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
point_control (GwPlaceRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gw_ui_icon_button ("mark-location-symbolic", _ ("Pick on the map"), NULL);

  self->point = GTK_EDITABLE (entry);
  gtk_button_set_has_frame (GTK_BUTTON (button), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Longitude, latitude"));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

GtkWidget *
gw_place_row_new (GwSession *session)
{
  GwPlaceRow *self = g_object_new (GW_TYPE_PLACE_ROW, NULL);
  GtkWidget *address = gtk_entry_new (), *point = NULL;
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));

  self->session = g_object_ref (session);
  self->picker = GW_PICKER (gw_area_picker_new (session));
  self->area_row = GW_FORM_ROW (gw_form_row_new (_ ("Area"), TRUE, GTK_WIDGET (self->picker),
                                                 gw_picker_get_focus (self->picker)));
  self->address = GTK_EDITABLE (address);
  self->address_row = GW_FORM_ROW (gw_form_row_new (_ ("Address"), FALSE, address, address));
  point = point_control (self);
  self->point_row =
      GW_FORM_ROW (gw_form_row_new (_ ("Point"), FALSE, point, GTK_WIDGET (self->point)));
  gtk_box_set_homogeneous (line, TRUE);
  gtk_box_append (line, GTK_WIDGET (self->address_row));
  gtk_box_append (line, GTK_WIDGET (self->point_row));
  gtk_box_append (self->column, GTK_WIDGET (self->area_row));
  gtk_box_append (self->column, GTK_WIDGET (line));
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (written), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (address, "changed", G_CALLBACK (address_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->point, "changed", G_CALLBACK (point_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
gw_place_row_keep_texts (GwPlaceRow *self, gboolean has_point, gboolean has_address)
{
  g_return_if_fail (GW_IS_PLACE_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->point_row), has_point);
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), has_address);
}

/* ---- in and out ---- */

static void
show_point (GwPlaceRow *self, gint32 x, gint32 y)
{
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  g_ascii_formatd (lon, sizeof lon, "%.7f", x / E7);
  g_ascii_formatd (lat, sizeof lat, "%.7f", y / E7);
  text = g_strdup_printf ("%s, %s", lon, lat);
  gtk_editable_set_text (self->point, text);
}

void
gw_place_row_load (GwPlaceRow *self, const GwIntake *intake)
{
  g_return_if_fail (GW_IS_PLACE_ROW (self));
  self->loading = TRUE;
  self->named = GW_AREA_NONE;
  gw_area_picker_set (self->picker, self->session, intake->area);
  gtk_editable_set_text (self->address, intake->address != NULL ? intake->address : "");
  if (intake->has_point)
    show_point (self, intake->x, intake->y);
  else
    gtk_editable_set_text (self->point, "");
  self->loading = FALSE;
  show_note (self);
}

void
gw_place_row_read (GwPlaceRow *self, GwIntake *intake)
{
  const char *address = gtk_editable_get_text (self->address);
  const GwArea *area = NULL;

  g_return_if_fail (GW_IS_PLACE_ROW (self));
  intake->area = gw_picker_get (self->picker);
  g_free (intake->address);
  intake->address = gw_text_is_blank (address) ? NULL : g_strdup (address);
  intake->has_point = get_point (self, &intake->x, &intake->y);
  area = gw_area_tree_get (gw_session_get_areas (self->session), intake->area);
  if (intake->has_point)
    intake->precision = GW_PRECISION_EXACT;
  else
    intake->precision =
        area != NULL && area->level >= GW_LEVEL_GRID ? GW_PRECISION_GRID : GW_PRECISION_COMMUNITY;
}

void
gw_place_row_set_point (GwPlaceRow *self, gint32 x, gint32 y)
{
  g_return_if_fail (GW_IS_PLACE_ROW (self));
  show_point (self, x, y);
}
