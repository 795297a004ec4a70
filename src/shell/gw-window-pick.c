/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-map-view.h"
#include "gw-situation-page.h"

/* A form wants a place from the map: the situation comes forward, and goes when it has answered. */

typedef struct
{
  GwWindow *window; /* borrowed: it holds the map, which holds this */
  GWeakRef owner;
  GwPickFunc func;
  char *page; /* owned: where the form is */
  GtkWidget *map;
  gulong picked, cancelled;
} Pick;

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  g_clear_signal_handler (&pick->picked, pick->map);
  g_clear_signal_handler (&pick->cancelled, pick->map);
  g_weak_ref_clear (&pick->owner);
  g_free (pick->page);
  g_free (pick);
}

static void
answer (Pick *pick, gboolean has_point, gint x, gint y)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&pick->owner);
  GwPickFunc func = pick->func;

  gw_window_set_page (pick->window, pick->page);
  g_object_set_data (G_OBJECT (pick->map), "gw-pick", NULL); /* frees @pick */
  if (owner != NULL)
    func (owner, has_point, x, y);
}

static void
picked_cb (GtkWidget *map, gint x, gint y, Pick *pick)
{
  answer (pick, TRUE, x, y);
}

static void
cancelled_cb (GtkWidget *map, Pick *pick)
{
  answer (pick, FALSE, 0, 0);
}

void
gw_window_pick_point (GwWindow *self, GObject *owner, GwPickFunc func)
{
  Pick *pick = NULL;

  g_return_if_fail (GW_IS_WINDOW (self) && G_IS_OBJECT (owner) && func != NULL);
  g_return_if_fail (self->situation != NULL);
  pick = g_new0 (Pick, 1);
  pick->window = self;
  pick->func = func;
  pick->page = g_strdup (self->page);
  pick->map = gw_situation_page_get_map (GW_SITUATION_PAGE (self->situation));
  g_weak_ref_init (&pick->owner, owner);
  pick->picked = g_signal_connect (pick->map, "point-picked", G_CALLBACK (picked_cb), pick);
  pick->cancelled = g_signal_connect (pick->map, "pick-cancelled", G_CALLBACK (cancelled_cb), pick);
  g_object_set_data_full (G_OBJECT (pick->map), "gw-pick", pick, pick_free);
  gw_window_set_page (self, "situation");
  gw_map_view_begin_pick (GW_MAP_VIEW (pick->map));
}
