/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-actions.h"
#include "gw-error.h"

static void
test_registry_is_sound (void)
{
  guint n = 0;
  const GwCommand *commands = gw_actions_list (&n);
  g_autoptr (GHashTable) actions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = gw_actions_dup_name (&commands[i]), *plain = NULL, *label = NULL;
      g_autoptr (GVariant) target = NULL;

      g_test_message ("%s", commands[i].action);
      g_assert_true (g_hash_table_add (actions, (gpointer)commands[i].action));
      g_assert_true (g_action_parse_detailed_name (commands[i].action, &plain, &target, NULL));
      g_assert_cmpstr (plain, ==, name);
      g_assert_nonnull (gw_actions_find (name));
      g_assert_cmpuint (strlen (gw_actions_title (&commands[i])), >, 0);
      label = gw_actions_dup_accel_label (&commands[i]);
      g_assert_true ((label != NULL) == (commands[i].accels != NULL));
      if (label != NULL)
        g_assert_true (g_hash_table_add (keys, g_steal_pointer (&label)));
    }
  g_assert_null (gw_actions_find ("win.imp"));
  g_assert_null (gw_actions_find ("win.imports"));
}

static void
test_nothing_without_a_file (void)
{
  guint n = 0;
  const GwCommand *commands = gw_actions_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *why = NULL;
      gboolean needs = (commands[i].flags & GW_COMMAND_NEEDS_FILE) != 0;

      g_assert_cmpint (gw_actions_is_allowed (&commands[i], NULL, &why), ==, !needs);
      g_assert_cmpint (why != NULL, ==, needs);
      /* What a role must allow is about a file. */
      g_assert_true (commands[i].may == 0 || needs);
    }
}

static void
test_roles (void)
{
  static const struct
  {
    GwRole role;
    const char *action;
    gboolean allowed;
  } rows[] = {
    { GW_ROLE_INTAKE, "win.new-matter", TRUE },    { GW_ROLE_LEADER_VIEW, "win.new-matter", FALSE },
    { GW_ROLE_LEADER_VIEW, "win.search", TRUE },   { GW_ROLE_UNIT_HANDLER, "win.import", FALSE },
    { GW_ROLE_UNIT_HANDLER, "win.backup", FALSE }, { GW_ROLE_SYSADMIN, "win.backup", TRUE },
    { GW_ROLE_AUDITOR, "win.verify", TRUE },       { GW_ROLE_AUDITOR, "win.import", FALSE },
  };
  GwSession *session = frame_harness_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GwCommand *command = gw_actions_find (rows[i].action);
      g_autofree char *why = NULL;

      g_test_message ("%s: %s", gw_role_id (rows[i].role), rows[i].action);
      frame_harness_seat (session, rows[i].role);
      g_assert_cmpint (gw_actions_is_allowed (command, session, &why), ==, rows[i].allowed);
      if (!rows[i].allowed)
        g_assert_nonnull (strstr (why, gw_role_label (rows[i].role)));
    }
  frame_harness_close (session);
}

static void
test_enables_what_the_seat_may (void)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  static const char *const names[] = { "import", "search", "quit" };
  GwSession *session = frame_harness_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gw_actions_update (G_ACTION_MAP (group), "win", NULL);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (group), "import"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (group), "search"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (group), "quit"));
  frame_harness_seat (session, GW_ROLE_AUDITOR);
  gw_actions_update (G_ACTION_MAP (group), "win", session);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (group), "import"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (group), "search"));
  frame_harness_close (session);
}

static guint
count_items (GMenuModel *menu)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      n += section != NULL ? (guint)g_menu_model_get_n_items (section) : 1;
    }
  return n;
}

static void
test_menu_is_made_of_it (void)
{
  g_autoptr (GMenuModel) menu = gw_actions_menu ();
  guint n = 0, wanted = 0;
  const GwCommand *commands = gw_actions_list (&n);

  for (guint i = 0; i < n; i++)
    wanted += (commands[i].flags & GW_COMMAND_MENU) != 0 ? 1 : 0;
  g_assert_cmpuint (wanted, >, 5);
  g_assert_cmpuint (count_items (menu), ==, wanted);
}

int
main (int argc, char **argv)
{
  int status = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/actions/registry-is-sound", test_registry_is_sound);
  g_test_add_func ("/actions/nothing-without-a-file", test_nothing_without_a_file);
  g_test_add_func ("/actions/roles", test_roles);
  g_test_add_func ("/actions/enables-what-the-seat-may", test_enables_what_the_seat_may);
  g_test_add_func ("/actions/menu", test_menu_is_made_of_it);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
