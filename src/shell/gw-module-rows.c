/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-rows.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GwSession *session; /* owned */
  GtkWindow *parent, *window;
} Rows;

static void
rows_free (Rows *self)
{
  g_object_unref (self->session);
  g_free (self);
}

/* ---- texts ---- */

static const GwModuleSpec *
find_spec (GwSession *session, const GwModuleFile *file)
{
  GPtrArray *modules = gw_session_get_modules (session);

  for (guint i = 0; file->state == GW_MODULE_LOADED && i < modules->len; i++)
    {
      const GwModuleSpec *spec = g_ptr_array_index (modules, i);

      if (g_str_equal (spec->id, file->id))
        return spec;
    }
  return NULL;
}

static const char *
state_text (const GwModuleFile *file)
{
  static const char *const texts[] = { N_ ("loaded"), N_ ("refused"), N_ ("quarantined"),
                                       N_ ("switched off") };

  return _ (texts[file->state]);
}

static char *
dup_title (const GwModuleFile *file, const GwModuleSpec *spec)
{
  if (spec != NULL)
    return g_strdup (spec->name);
  return file->id != NULL ? g_strdup (file->id) : g_path_get_basename (file->path);
}

static char *
dup_details (const GwModuleFile *file, const GwModuleSpec *spec)
{
  GString *text = g_string_new (state_text (file));

  if (file->id != NULL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%s · version %s · interface %u.%u"), file->id,
                              file->version, file->abi_major, file->abi_minor);
    }
  if (spec != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Adds kinds of matters: %u, figures: %u, map layers: %u"),
                              spec->types->len, spec->indicators->len, spec->layers->len);
    }
  if (spec != NULL && spec->summary != NULL)
    g_string_append_printf (text, "\n%s", spec->summary);
  if (file->reason != NULL)
    g_string_append_printf (text, "\n%s", file->reason);
  return g_string_free (text, FALSE);
}

/* ---- what may be done ---- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) parent = data;
  g_autoptr (GError) error = NULL;

  if (gw_session_change_module_finish (result, &error))
    g_action_group_activate_action (G_ACTION_GROUP (parent), "retry", NULL);
  else
    gw_ui_toast_error (GTK_WIDGET (parent), error);
}

static void
switched_cb (GtkSwitch *button, GParamSpec *pspec, Rows *self)
{
  const GwModuleFile *file = g_object_get_data (G_OBJECT (button), "file");

  gw_session_enable_module_async (self->session, file->id, gtk_switch_get_active (button),
                                  changed_cb, g_object_ref (self->parent));
  gtk_window_close (self->window);
}

static void
again_clicked_cb (GtkButton *button, Rows *self)
{
  const GwModuleFile *file = g_object_get_data (G_OBJECT (button), "file");

  gw_session_retry_module_async (self->session, file->digest, changed_cb,
                                 g_object_ref (self->parent));
  gtk_window_close (self->window);
}

static void
copy_clicked_cb (GtkButton *button, Rows *self)
{
  const GwModuleFile *file = g_object_get_data (G_OBJECT (button), "file");
  g_autofree char *details = dup_details (file, find_spec (self->session, file));
  g_autofree char *text = g_strdup_printf ("%s\n%s\nSHA-256 %s\n", file->path, details,
                                           file->digest != NULL ? file->digest : "-");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static void
add_button (GtkWidget *row, GtkWidget *button, const GwModuleFile *file, const char *name)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gw_ui_set_name (button, name);
  gtk_widget_set_tooltip_text (button, name);
  g_object_set_data (G_OBJECT (button), "file", (gpointer)file);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_buttons (Rows *self, GtkWidget *row, const GwModuleFile *file)
{
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  if (file->digest != NULL && file->reason != NULL)
    {
      GtkWidget *again = gtk_button_new_with_label (_ ("Try Again"));

      add_button (row, again, file, _ ("Try this module again"));
      g_signal_connect (again, "clicked", G_CALLBACK (again_clicked_cb), self);
    }
  gtk_widget_add_css_class (copy, "flat");
  add_button (row, copy, file, _ ("Copy Details"));
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_clicked_cb), self);
  if (file->id != NULL)
    {
      GtkWidget *wanted = gtk_switch_new ();

      gtk_switch_set_active (GTK_SWITCH (wanted), file->state != GW_MODULE_DISABLED);
      add_button (row, wanted, file, _ ("Use this module"));
      g_signal_connect (wanted, "notify::active", G_CALLBACK (switched_cb), self);
    }
}

static GtkWidget *
row_new (Rows *self, const GwModuleFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  const GwModuleSpec *spec = find_spec (self->session, file);
  g_autofree char *title = dup_title (file, spec);
  g_autofree char *details = dup_details (file, spec);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *details_markup = g_markup_escape_text (details, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  add_buttons (self, row, file);
  return row;
}

GtkWidget *
gw_module_rows_new (GtkWindow *parent, GtkWindow *window, GwSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *files = gw_session_get_module_files (session);
  Rows *self = g_new0 (Rows, 1);

  self->session = g_object_ref (session);
  self->parent = parent;
  self->window = window;
  g_object_set_data_full (G_OBJECT (group), "gw-rows", self, (GDestroyNotify)rows_free);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Modules"));
  if (files == NULL || files->len == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           files == NULL
                                               ? _ ("Started without; records of the file stay "
                                                    "readable")
                                               : _ ("None; records of the file stay readable"));
  for (guint i = 0; files != NULL && i < files->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               row_new (self, g_ptr_array_index (files, i)));
  return group;
}
