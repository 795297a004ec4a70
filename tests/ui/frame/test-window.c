/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-actions.h"
#include "gw-settings.h"
#include "gw-window.h"

typedef struct
{
  GtkApplication *app;
  GSettings *settings;
  GwSession *session;
  GwWindow *window;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->window = gw_window_new (fixture->app, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gw_window_take_session (fixture->window, fixture->session);
}

static char *
value_of (GwWindow *window, const char *key)
{
  g_autofree char *state = gw_window_dup_debug_state (window);
  g_auto (GStrv) lines = g_strsplit (state, "\n", -1);
  g_autofree char *prefix = g_strconcat (key, ": ", NULL);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, prefix))
      return g_strdup (*line + strlen (prefix));
  return g_strdup ("");
}

static void
assert_value (GwWindow *window, const char *key, const char *expected)
{
  g_autofree char *value = value_of (window, key);

  g_assert_cmpstr (value, ==, expected);
}

static gboolean
is_answered (gpointer data)
{
  g_autofree char *loading = value_of (data, "loading"), *n = value_of (data, "n");

  return g_str_equal (loading, "0") && !g_str_equal (n, "-1");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->app = GTK_APPLICATION (g_application_get_default ());
  fixture->settings = gw_settings_open (NULL, &error);
  g_assert_no_error (error);
  g_settings_reset (fixture->settings, "last-file"); /* what the last test left */
  g_settings_reset (fixture->settings, "page");
  fixture->session = frame_harness_open ();
  open_window (fixture);
  frame_harness_wait (is_answered, fixture->window);
}

static void
close_window (Fixture *fixture)
{
  gw_window_leave_session (fixture->window);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *)&fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (fixture->window != NULL && g_main_context_iteration (NULL, TRUE))
    ;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    close_window (fixture);
  frame_harness_settle ();
  frame_harness_close (fixture->session);
  g_clear_object (&fixture->settings);
}

/* Every command of the registry is an action of the window, with the parameter it names. */
static void
test_registry_is_connected (Fixture *fixture, gconstpointer data)
{
  guint n = 0;
  const GwCommand *commands = gw_actions_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      GAction *action = NULL;

      g_test_message ("%s", commands[i].action);
      g_assert_true (g_action_parse_detailed_name (commands[i].action, &name, &target, NULL));
      if (!g_str_has_prefix (name, "win."))
        continue;
      action = g_action_map_lookup_action (G_ACTION_MAP (fixture->window), name + 4);
      g_assert_nonnull (action);
      g_assert_true ((target != NULL) == (g_action_get_parameter_type (action) != NULL));
      if (target != NULL)
        g_assert_true (g_variant_is_of_type (target, g_action_get_parameter_type (action)));
    }
}

static void
activate (Fixture *fixture, const char *name, GVariant *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), name, target);
}

/* The menu greys it out, and the handler refuses as well: D-Bus knows no menu. */
static void
test_handlers_ask_the_role (Fixture *fixture, gconstpointer data)
{
  GAction *import = g_action_map_lookup_action (G_ACTION_MAP (fixture->window), "import");
  g_autofree char *toast = NULL;

  frame_harness_seat (fixture->session, GW_ROLE_LEADER_VIEW);
  g_assert_false (g_action_get_enabled (import));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (import), TRUE);
  activate (fixture, "import", g_variant_new_string ("/some/file.csv"));
  toast = value_of (fixture->window, "toast");
  g_assert_nonnull (strstr (toast, gw_role_label (GW_ROLE_LEADER_VIEW)));
  assert_value (fixture->window, "page", "situation");
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  activate (fixture, "page", g_variant_new_string ("matters"));
  assert_value (fixture->window, "page", "matters");
  activate (fixture, "shortcuts", NULL);
  assert_value (fixture->window, "page", "shortcuts");
  activate (fixture, "back", NULL);
  assert_value (fixture->window, "page", "matters");
  activate (fixture, "help", NULL);
  /* A filter that is set while reading is wanted on the list. */
  activate (fixture, "filter", g_variant_new_string ("overdue=yes"));
  assert_value (fixture->window, "page", "matters");
  assert_value (fixture->window, "filter", "overdue=yes");
  activate (fixture, "filter", g_variant_new_string ("nonsense=yes"));
  assert_value (fixture->window, "filter", "overdue=yes");
  activate (fixture, "clear-filter", NULL);
  assert_value (fixture->window, "filter", "");
  activate (fixture, "page", g_variant_new_string ("no such page"));
  assert_value (fixture->window, "page", "matters");
}

static gboolean
has_number (gpointer data)
{
  g_autofree char *number = value_of (data, "number");

  return *number != '\0';
}

/* Closed at any moment, the next window stands as this one did. */
static void
test_comes_back_as_it_was (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = NULL, *again = NULL;

  activate (fixture, "page", g_variant_new_string ("matters"));
  activate (fixture, "filter", g_variant_new_string ("open=yes"));
  activate (fixture, "show-matter", g_variant_new_int64 (5));
  frame_harness_wait (has_number, fixture->window);
  number = value_of (fixture->window, "number");
  gw_window_save_state (fixture->window);
  close_window (fixture);

  g_settings_reset (fixture->settings, "map-state");
  open_window (fixture);
  /* The map has no size yet, so no place that the next start should go to. */
  assert_value (fixture->window, "map", "");
  frame_harness_wait (has_number, fixture->window);
  again = value_of (fixture->window, "number");
  g_assert_cmpstr (again, ==, number);
  assert_value (fixture->window, "page", "matters");
  assert_value (fixture->window, "filter", "open=yes");
  frame_harness_wait (is_answered, fixture->window);
}

static gboolean
has_toast (gpointer data)
{
  g_autofree char *toast = value_of (data, "toast");

  return *toast != '\0';
}

static void
test_unknown_number_is_said (Fixture *fixture, gconstpointer data)
{
  gw_window_show_number (fixture->window, "510903-DIS-1999-000001");
  frame_harness_wait (has_toast, fixture->window);
  assert_value (fixture->window, "matter", "0");
}

/* From the search field every pane is reached within six keys. */
static void
test_panes_go_round (Fixture *fixture, gconstpointer data)
{
  GHashTable *seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  activate (fixture, "search", NULL);
  for (int i = 0; i < 6; i++)
    {
      activate (fixture, "next-pane", NULL);
      g_hash_table_add (seen, gtk_window_get_focus (GTK_WINDOW (fixture->window)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >=, 4); /* sidebar, conditions, map, list */
  g_hash_table_unref (seen);
}

/* A file is left while its answers are on their way, and another one takes its place. */
static void
test_leaves_and_takes_again (Fixture *fixture, gconstpointer data)
{
  activate (fixture, "filter", g_variant_new_string ("overdue=yes"));
  gw_window_leave_session (fixture->window);
  assert_value (fixture->window, "page", "start");
  assert_value (fixture->window, "session", "none");
  g_assert_null (gw_window_get_session (fixture->window));
  gw_window_take_session (fixture->window, fixture->session);
  frame_harness_wait (is_answered, fixture->window);
  assert_value (fixture->window, "page", "situation");
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) app = NULL;
  int status = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  /* One a process: it is an object on the bus. */
  app = gtk_application_new ("org.gridwork.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/window/registry-is-connected", test_registry_is_connected);
  ADD ("/window/handlers-ask-the-role", test_handlers_ask_the_role);
  ADD ("/window/pages", test_pages);
  ADD ("/window/comes-back-as-it-was", test_comes_back_as_it_was);
  ADD ("/window/unknown-number-is-said", test_unknown_number_is_said);
  ADD ("/window/panes-go-round", test_panes_go_round);
  ADD ("/window/leaves-and-takes-again", test_leaves_and_takes_again);
#undef ADD
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
