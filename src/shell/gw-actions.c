/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-actions.h"

#include <glib/gi18n-lib.h>

#define FILE_OPEN GW_COMMAND_NEEDS_FILE
#define MENU GW_COMMAND_MENU
#define WRITES (GW_COMMAND_NEEDS_FILE | GW_COMMAND_WRITES)
#define HIDDEN GW_COMMAND_HIDDEN

static const GwCommand commands[] = {
  { "win.new-matter::", N_ ("Take In a Matter"), "<Control>n", GW_SECTION_MATTERS, GW_MAY_REPORT,
    WRITES | MENU },
  { "win.import::", N_ ("Import a Table…"), "<Control>i", GW_SECTION_MATTERS, GW_MAY_IMPORT,
    WRITES | MENU },
  { "win.batches", N_ ("Imported Batches…"), NULL, GW_SECTION_MATTERS, GW_MAY_IMPORT,
    FILE_OPEN | MENU },
  { "win.export", N_ ("Export What Is Listed…"), "<Control>e", GW_SECTION_MATTERS, GW_MAY_EXPORT,
    FILE_OPEN | MENU },
  { "win.search", N_ ("Search"), "<Control>f", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.palette", N_ ("Find a Command, Place or Matter"), "<Control>k", GW_SECTION_LOOKING, 0, 0 },
  { "win.page::situation", N_ ("Show the Situation"), "<Alt>1", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.page::matters", N_ ("Show the List of Matters"), "<Alt>2", GW_SECTION_LOOKING, 0,
    FILE_OPEN },
  { "win.clear-filter", N_ ("Clear the Filter"), "<Control><Shift>x", GW_SECTION_LOOKING, 0,
    FILE_OPEN },
  { "win.copy-filter", N_ ("Copy the Filter as Text"), "<Control><Shift>c", GW_SECTION_LOOKING, 0,
    FILE_OPEN },
  { "win.paste-filter", N_ ("Use the Filter From the Clipboard"), "<Control><Shift>v",
    GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.area-up", N_ ("One Area Up"), "<Alt>Up", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.home", N_ ("Show the Whole District"), "<Alt>Home", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.back", N_ ("Back"), "<Alt>Left", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.close-detail", N_ ("Close the Detail"), NULL, GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.next-pane", N_ ("Next Pane"), "F6", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.previous-pane", N_ ("Previous Pane"), "<Shift>F6", GW_SECTION_LOOKING, 0, FILE_OPEN },
  { "win.sidebar", N_ ("Show or Hide the Sidebar"), "F9", GW_SECTION_LOOKING, 0, 0 },
  { "win.fullscreen", N_ ("Full Screen"), "F11", GW_SECTION_LOOKING, 0, 0 },
  { "win.module(1)", N_ ("First Module of the Sidebar"), "<Control>1", GW_SECTION_LOOKING, 0,
    FILE_OPEN },
  { "win.module(2)", N_ ("Second Module of the Sidebar"), "<Control>2", GW_SECTION_LOOKING, 0,
    FILE_OPEN | HIDDEN },
  { "win.module(3)", N_ ("Third Module of the Sidebar"), "<Control>3", GW_SECTION_LOOKING, 0,
    FILE_OPEN | HIDDEN },
  { "win.seat", N_ ("Who Is at the Desk…"), "<Control><Shift>s", GW_SECTION_FILE, 0,
    FILE_OPEN | MENU },
  { "win.open-file", N_ ("Open a File…"), "<Control>o", GW_SECTION_FILE, 0, MENU },
  { "win.create-file", N_ ("Create a File…"), NULL, GW_SECTION_FILE, 0, MENU },
  { "win.open-demo", N_ ("Open the Demonstration District"), NULL, GW_SECTION_FILE, 0, 0 },
  { "win.backup", N_ ("Back Up…"), NULL, GW_SECTION_FILE, GW_MAY_ADMIN, FILE_OPEN | MENU },
  { "win.verify", N_ ("Check the Journal"), NULL, GW_SECTION_FILE, GW_MAY_AUDIT, FILE_OPEN | MENU },
  { "win.modules", N_ ("Modules and Health"), NULL, GW_SECTION_PROGRAM, 0, FILE_OPEN | MENU },
  { "win.preferences", N_ ("Preferences"), "<Control>comma", GW_SECTION_PROGRAM, 0, MENU },
  { "win.shortcuts", N_ ("Keyboard Shortcuts"), "<Control>question", GW_SECTION_PROGRAM, 0, MENU },
  { "win.help", N_ ("Help"), "F1", GW_SECTION_PROGRAM, 0, MENU },
  { "win.about", N_ ("About Gridwork"), NULL, GW_SECTION_PROGRAM, 0, MENU },
  { "win.menu", N_ ("Main Menu"), "F10", GW_SECTION_PROGRAM, 0, HIDDEN },
  { "win.close", N_ ("Close the Window"), "<Control>w", GW_SECTION_PROGRAM, 0, 0 },
  { "app.quit", N_ ("Quit"), "<Control>q", GW_SECTION_PROGRAM, 0, 0 },
};

static const char *const section_titles[GW_N_SECTIONS] = {
  [GW_SECTION_MATTERS] = N_ ("Matters"),
  [GW_SECTION_LOOKING] = N_ ("Looking"),
  [GW_SECTION_FILE] = N_ ("File and Seat"),
  [GW_SECTION_PROGRAM] = N_ ("Program"),
};

const GwCommand *
gw_actions_list (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

char *
gw_actions_dup_name (const GwCommand *self)
{
  return g_strndup (self->action, strcspn (self->action, ":("));
}

const GwCommand *
gw_actions_find (const char *name)
{
  gsize length = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcspn (commands[i].action, ":(") == length &&
        strncmp (commands[i].action, name, length) == 0)
      return &commands[i];
  return NULL;
}

const char *
gw_actions_title (const GwCommand *self)
{
  return _ (self->title);
}

const char *
gw_actions_section_title (GwSection section)
{
  g_return_val_if_fail ((guint)section < GW_N_SECTIONS, "");
  return _ (section_titles[section]);
}

char *
gw_actions_dup_accel_label (const GwCommand *self)
{
  g_auto (GStrv) words = NULL;
  guint key = 0;
  GdkModifierType mods = 0;

  if (self->accels == NULL)
    return NULL;
  words = g_strsplit (self->accels, " ", -1);
  if (!gtk_accelerator_parse (words[0], &key, &mods))
    return NULL;
  return gtk_accelerator_get_label (key, mods);
}

gboolean
gw_actions_is_allowed (const GwCommand *self, GwSession *session, char **why)
{
  g_autofree char *text = NULL;

  if (session == NULL && (self->flags & GW_COMMAND_NEEDS_FILE) != 0)
    text = g_strdup_printf (_ ("%s: no file is open; open or create one first"),
                            gw_actions_title (self));
  else if (self->may != 0 && !gw_session_may (session, self->may))
    {
      const GwActor *actor = gw_session_get_actor (session);

      text = g_strdup_printf (_ ("%s: the role “%s” may not do this; take another seat"),
                              gw_actions_title (self), gw_role_label (actor->role));
    }
  else if ((self->flags & GW_COMMAND_WRITES) != 0 && gw_session_is_read_only (session))
    text = g_strdup_printf (_ ("%s: this file is open for reading only"), gw_actions_title (self));

  if (text == NULL)
    return TRUE;
  if (why != NULL)
    *why = g_steal_pointer (&text);
  return FALSE;
}

void
gw_actions_set_accels (GtkApplication *app)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = NULL;

      if (commands[i].accels == NULL)
        continue;
      words = g_strsplit (commands[i].accels, " ", -1);
      gtk_application_set_accels_for_action (app, commands[i].action, (const char *const *)words);
    }
}

void
gw_actions_update (GActionMap *map, const char *group, GwSession *session)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = gw_actions_dup_name (&commands[i]);
      GAction *action = NULL;

      if (!g_str_has_prefix (name, group) || name[strlen (group)] != '.')
        continue;
      action = g_action_map_lookup_action (map, name + strlen (group) + 1);
      if (G_IS_SIMPLE_ACTION (action))
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                     gw_actions_is_allowed (&commands[i], session, NULL));
    }
}

GMenuModel *
gw_actions_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (GwSection section = 0; section < GW_N_SECTIONS; section++)
    {
      g_autoptr (GMenu) part = g_menu_new ();

      for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        if (commands[i].section == section && (commands[i].flags & GW_COMMAND_MENU) != 0)
          g_menu_append (part, gw_actions_title (&commands[i]), commands[i].action);
      if (g_menu_model_get_n_items (G_MENU_MODEL (part)) > 0)
        g_menu_append_section (menu, NULL, G_MENU_MODEL (part));
    }
  return G_MENU_MODEL (menu);
}
