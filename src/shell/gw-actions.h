/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one registry of commands. Main menu, palette, shortcuts page, accelerators, what a seat may
 * do, and what tests walk through are all made from this table; D-Bus reaches the same actions. */

#include "gw-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GW_SECTION_MATTERS = 0,
  GW_SECTION_LOOKING,
  GW_SECTION_FILE,
  GW_SECTION_PROGRAM,
  GW_N_SECTIONS
} GwSection;

typedef enum
{
  GW_COMMAND_MENU = 1 << 0,       /* in the main menu */
  GW_COMMAND_NEEDS_FILE = 1 << 1, /* pointless while no file is open */
  GW_COMMAND_WRITES = 1 << 2,     /* not in a file that cannot be written */
  GW_COMMAND_HIDDEN = 1 << 3,     /* shortcut alone: neither menu nor palette */
} GwCommandFlags;

typedef struct
{
  const char *action; /* detailed: "win.new-matter::" */
  const char *title;  /* msgid */
  const char *accels; /* nullable, parted by blanks */
  GwSection section;
  guint32 may; /* GwMay that the seat must have; 0 = everybody */
  guint32 flags;
} GwCommand;

/* Every command of the program; static. */
const GwCommand *gw_actions_list (guint *n);
/* By plain name with its group: "win.import". NULL when there is none. */
const GwCommand *gw_actions_find (const char *name);
/* "win.import" of "win.import::"; transfer full. */
char *gw_actions_dup_name (const GwCommand *self);
const char *gw_actions_title (const GwCommand *self);     /* translated */
const char *gw_actions_section_title (GwSection section); /* translated */
char *gw_actions_dup_accel_label (const GwCommand *self); /* "Ctrl+K"; nullable, transfer full */
/* Whether the seat may; else a translated sentence in @why (nullable out, transfer full). */
gboolean gw_actions_is_allowed (const GwCommand *self,
                                GwSession *session /* nullable */,
                                char **why);

/* The keys of all commands, as the shortcuts window lists them. */
void gw_actions_set_accels (GtkApplication *app);
/* Enables in @map what the seat may use, of the group @group ("win"). */
void gw_actions_update (GActionMap *map, const char *group, GwSession *session /* nullable */);
GMenuModel *gw_actions_menu (void); /* transfer full */

G_END_DECLS
