/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-actions.h"
#include "gw-banner.h"
#include "gw-filter-model.h"
#include "gw-start-page.h"
#include "gw-status-bar.h"
#include "gw-tasks.h"
#include "gw-window.h"

G_BEGIN_DECLS

struct _GwWindow
{
  AdwApplicationWindow parent;
  GSettings *settings;   /* owned */
  GwSession *session;    /* owned, nullable */
  GwFilterModel *model;  /* owned, nullable: lives as long as the session */
  char *page;            /* owned: "start", "situation", "matters", "intake", … */
  char *page_before;     /* owned: where "back" leads */
  char *last_toast;      /* owned, nullable: for tests and screen readers */
  GCancellable *leaving; /* owned: cancelled when the session is left */
  guint save_later;      /* source; 0 = none */
  guint tell_later;      /* source: the debug state; 0 = none */
  guint n_drafts;
  gboolean restored; /* the settings were read for this session */
  gboolean typing;   /* the search field changes the filter, not the other way round */
  gboolean may_close;
  gboolean death_answered; /* the person knows of the module in which the last run died */

  GtkWidget *start;     /* GwStartPage */
  GtkWidget *situation; /* GwSituationPage, nullable */
  GtkWidget *intake;    /* GwIntakePage, nullable */
  GtkWidget *import;    /* GwImportPage, nullable */
  GtkWidget *sidebar;   /* GwSidebar, nullable */
  GtkWidget *figures;   /* GwFigureStrip, nullable */
  GwTasks *tasks;

  GtkBox *rows;
  AdwBin *banner_bin;
  AdwBin *figure_bin;
  AdwBin *status_bin;
  AdwBin *sidebar_bin;
  AdwBin *task_bin;
  AdwToastOverlay *toasts;
  GtkPaned *paned;
  GtkStack *pages;
  GtkSearchEntry *search;
  GtkLabel *centre;
  GtkMenuButton *menu;
  GtkButton *seat;
  GtkLabel *seat_label;
  GtkToggleButton *sidebar_toggle;
  GtkWidget *banner; /* GwBanner */
  GtkWidget *status; /* GwStatusBar */
};

/* gw-window-pages.c */
void gw_window_set_page (GwWindow *self, const char *page);
void gw_window_go_back (GwWindow *self);
void gw_window_start_intake (GwWindow *self, const char *type /* nullable */, const GwDraft *draft);
void gw_window_start_import (GwWindow *self, GFile *file, const char *type /* nullable */);
void gw_window_leave_pages (GwWindow *self);

/* gw-window-actions.c */
void gw_window_add_actions (GwWindow *self);
void gw_window_move_pane (GwWindow *self, int step);

/* gw-window-state.c */
void gw_window_restore_size (GwWindow *self);
void gw_window_restore_session (GwWindow *self);
void gw_window_save_soon (GwWindow *self);
void gw_window_tell_soon (GwWindow *self);

/* gw-window-drafts.c */
void gw_window_ask_drafts (GwWindow *self);
void gw_window_resume_draft (GwWindow *self);
void gw_window_drop_drafts (GwWindow *self);

/* gw-window-modules.c */
void gw_window_add_module_actions (GwWindow *self);
/* Whether the banner names the module in which the last run died, until it is answered. */
gboolean gw_window_tell_death (GwWindow *self);

G_END_DECLS
