/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-preferences.h"

#include "gw-module-rows.h"
#include "gw-project.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *id, *label;
} Choice;

static const Choice schemes[] = {
  { "system", N_ ("As the system") },
  { "light", N_ ("Light") },
  { "dark", N_ ("Dark") },
};
static const Choice systems[] = {
  { "", N_ ("Guess for each file") }, { "wgs84", N_ ("WGS-84") }, { "cgcs2000", N_ ("CGCS2000") },
  { "gcj02", N_ ("GCJ-02") },         { "bd09", N_ ("BD-09") },
};

static void
apply_scheme (GSettings *settings)
{
  g_autofree char *scheme = g_settings_get_string (settings, "color-scheme");
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

void
gw_preferences_apply (GSettings *settings)
{
  apply_scheme (settings);
  g_signal_connect (settings, "changed::color-scheme", G_CALLBACK (apply_scheme), NULL);
}

/* A row that writes its choice into a setting. */
typedef struct
{
  GSettings *settings; /* owned */
  const char *key;
  const Choice *choices;
} Binding;

static void
binding_free (gpointer data, GClosure *closure)
{
  Binding *binding = data;

  g_object_unref (binding->settings);
  g_free (binding);
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, Binding *binding)
{
  guint at = adw_combo_row_get_selected (row);

  g_settings_set_string (binding->settings, binding->key, binding->choices[at].id);
}

static GtkWidget *
choice_row (GSettings *settings,
            const char *key,
            const char *title,
            const char *subtitle,
            const Choice *choices,
            guint n)
{
  GtkWidget *row = adw_combo_row_new ();
  GtkStringList *names = gtk_string_list_new (NULL);
  g_autofree char *now = g_settings_get_string (settings, key);
  Binding *binding = g_new0 (Binding, 1);
  guint at = 0;

  for (guint i = 0; i < n; i++)
    {
      gtk_string_list_append (names, _ (choices[i].label));
      if (g_str_equal (choices[i].id, now))
        at = i;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_object_unref (names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), at);
  *binding = (Binding){ g_object_ref (settings), key, choices };
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (chosen_cb), binding, binding_free, 0);
  return row;
}

static GtkWidget *
general_page (GSettings *settings)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *looks = adw_preferences_group_new (), *tables = adw_preferences_group_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("General"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "preferences-system-symbolic");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (looks), _ ("Looks"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (looks),
                             choice_row (settings, "color-scheme", _ ("Style"), _ ("Light or dark"),
                                         schemes, G_N_ELEMENTS (schemes)));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (tables), _ ("Tables from outside"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (tables),
                             choice_row (settings, "import-crs", _ ("Coordinate system"),
                                         _ ("Proposed for points of imported files"), systems,
                                         G_N_ELEMENTS (systems)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (looks));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (tables));
  return page;
}

static GtkWidget *
text_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
file_group (GwSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *holder = gw_session_get_holder (session);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("File"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             text_row (_ ("Open file"), gw_session_get_path (session)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             text_row (_ ("Access"), holder != NULL ? holder
                                                     : gw_session_is_read_only (session)
                                                         ? _ ("Reading only")
                                                         : _ ("Reading and writing")));
  return group;
}

static GtkWidget *
health_page (GtkWindow *parent, GtkWindow *window, GwSession *session)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Modules and Health"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page), "modules");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "application-x-addon-symbolic");
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (file_group (session)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (gw_module_rows_new (parent, window, session)));
  return page;
}

void
gw_preferences_present (GtkWindow *parent,
                        GSettings *settings,
                        GwSession *session,
                        gboolean modules)
{
  GtkWidget *window = adw_preferences_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 520);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (general_page (settings)));
  if (session != NULL)
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                                ADW_PREFERENCES_PAGE (
                                    health_page (parent, GTK_WINDOW (window), session)));
  if (modules && session != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "modules");
  gtk_window_present (GTK_WINDOW (window));
}
