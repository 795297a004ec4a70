/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

/* Forms that a crash or a closed window left half written: offered once, never forced. */

typedef void (*DraftsFunc) (GwWindow *self, GPtrArray *drafts);

typedef struct
{
  GwWindow *self; /* owned */
  DraftsFunc func;
} Wish;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Wish *wish = data;
  g_autoptr (GwWindow) self = wish->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts =
      gw_session_list_drafts_finish (GW_SESSION (source), result, &error);

  if (self->session == NULL || drafts == NULL)
    return;
  self->n_drafts = drafts->len;
  gw_window_tell_soon (self);
  wish->func (self, drafts);
}

static void
list (GwWindow *self, DraftsFunc func)
{
  Wish *wish = NULL;

  if (self->session == NULL)
    return;
  wish = g_new0 (Wish, 1);
  wish->self = g_object_ref (self);
  wish->func = func;
  gw_session_list_drafts_async (self->session, self->leaving, listed_cb, wish);
}

static void
show (GwWindow *self, GPtrArray *drafts)
{
  g_autofree char *text = NULL;

  if (gw_session_is_read_only (self->session) || gw_session_get_damage (self->session) != NULL ||
      gw_window_tell_death (self))
    return; /* the banner says something else */
  if (drafts->len == 0)
    {
      gw_banner_hide (GW_BANNER (self->banner));
      return;
    }
  text = g_strdup_printf (ngettext ("%u draft was not finished", "%u drafts were not finished",
                                    drafts->len),
                          drafts->len);
  gw_banner_show (GW_BANNER (self->banner), NULL, text, _ ("Take Up"), "win.resume-draft",
                  _ ("Throw Away"), "win.drop-drafts");
}

void
gw_window_ask_drafts (GwWindow *self)
{
  list (self, show);
}

static void
resume (GwWindow *self, GPtrArray *drafts)
{
  gw_banner_hide (GW_BANNER (self->banner));
  if (drafts->len > 0)
    gw_window_start_intake (self, NULL, g_ptr_array_index (drafts, 0));
}

void
gw_window_resume_draft (GwWindow *self)
{
  list (self, resume);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!gw_session_drop_draft_finish (GW_SESSION (source), result, &error))
    gw_ui_toast_error (GTK_WIDGET (self->pages), error);
  gw_window_ask_drafts (self);
}

static void
drop (GwWindow *self, GPtrArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      const GwDraft *draft = g_ptr_array_index (drafts, i);

      gw_session_drop_draft_async (self->session, draft->id, self->leaving, dropped_cb,
                                   g_object_ref (self));
    }
}

void
gw_window_drop_drafts (GwWindow *self)
{
  list (self, drop);
}
