/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws one form for people to look at:
 *   form-picture FILE PNG intake|import=TABLE|pane=NUMBER|verb=NUMBER/VERB [dark] [login=NAME] */
#include "gw-config.h"
#include "gw-import-page.h"
#include "gw-intake-page.h"
#include "gw-matter-pane.h"
#include "gw-paths.h"
#include "gw-ui.h"
#include "gw-verb-dialog.h"
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

GResource *gw_shell_get_resource (void);

static const char *
get_option (int argc, char **argv, const char *name)
{
  gsize length = strlen (name);

  for (int i = 3; i < argc; i++)
    if (strncmp (argv[i], name, length) == 0 && (argv[i][length] == '=' || argv[i][length] == 0))
      return argv[i][length] == '=' ? argv[i] + length + 1 : "";
  return NULL;
}

static void
take_seat (GwSession *session, const char *login)
{
  GPtrArray *accounts = gw_session_get_accounts (session);

  for (guint i = 1; login != NULL && i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      for (guint role = 0; account != NULL && role < GW_N_ROLES; role++)
        if (g_str_equal (account->login, login) && (account->roles & (1u << role)) != 0)
          {
            (void)gw_session_take_seat (session, account->id, (GwRole)role, NULL);
            return;
          }
    }
}

static gboolean
quiet_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, quiet_cb, &done);
  while (!done)
    (void)g_main_context_iteration (NULL, TRUE);
}

static gboolean
save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  return gdk_texture_save_to_png (texture, path);
}

static GtkWidget *
window_with (GtkWidget *child, int width)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 760);
  return window;
}

static GtkWidget *
pane_window (GwSession *session, const char *number)
{
  GtkWidget *pane = gw_matter_pane_new (session);

  gw_matter_pane_set_matter (GW_MATTER_PANE (pane), gw_session_find_sync (session, number, NULL));
  return window_with (pane, 400);
}

static GtkWidget *
verb_window (GwSession *session, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, "/", 2);
  gint64 id = gw_session_find_sync (session, parts[0], NULL);
  g_autoptr (GwMatterView) view = gw_session_view_sync (session, id, NULL);
  GwVerb verb = 0;
  guint n = 0;
  const GwMove *moves = gw_moves (&n);

  (void)gw_verb_from_id (parts[1], &verb);
  for (guint i = 0; i < n; i++)
    if (moves[i].verb == verb)
      return GTK_WIDGET (gw_verb_dialog_new (NULL, session, view, &moves[i]));
  return NULL;
}

static GtkWidget *
window_for (GwSession *session, int argc, char **argv)
{
  const char *table = get_option (argc, argv, "import"), *number = get_option (argc, argv, "pane");
  const char *verb = get_option (argc, argv, "verb");
  GtkWidget *page = NULL;

  if (number != NULL)
    return pane_window (session, number);
  if (verb != NULL)
    return verb_window (session, verb);
  if (table != NULL)
    {
      g_autoptr (GFile) file = *table != '\0' ? g_file_new_for_path (table) : NULL;

      page = gw_import_page_new (session);
      gw_import_page_open (GW_IMPORT_PAGE (page), file, NULL);
      return window_with (page, 1060);
    }
  page = gw_intake_page_new (session);
  gw_intake_page_start (GW_INTAKE_PAGE (page), "risk.dispute/dispute", NULL);
  return window_with (page, 1060);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = NULL;
  g_autofree char *folder = gw_path_locale ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GtkWidget *window = NULL;
  gboolean is_saved = FALSE;

  if (argc < 4)
    return 2;
  setlocale (LC_ALL, "");
  bindtextdomain (GW_GETTEXT_DOMAIN, folder);
  bind_textdomain_codeset (GW_GETTEXT_DOMAIN, "UTF-8");
  textdomain (GW_GETTEXT_DOMAIN);
  gtk_init ();
  adw_init ();
  g_resources_register (gw_shell_get_resource ());
  gtk_css_provider_load_from_resource (style, GW_RESOURCE_PREFIX "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (get_option (argc, argv, "dark") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  session = gw_session_open_sync (argv[1], 0, NULL, &error);
  if (session == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  take_seat (session, get_option (argc, argv, "login"));
  window = window_for (session, argc, argv);
  gtk_window_present (GTK_WINDOW (window));
  run_for (get_option (argc, argv, "import") != NULL ? 4000 : 1500);
  is_saved = save (window, argv[2]);
  gtk_window_destroy (GTK_WINDOW (window));
  run_for (50);
  gw_session_close (session);
  return is_saved ? 0 : 1;
}
