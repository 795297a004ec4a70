/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-pane.h"

#include "gw-fact-table.h"
#include "gw-state-track.h"
#include "gw-timeline.h"
#include "gw-ui.h"
#include "gw-verb-dialog.h"
#include <glib/gi18n-lib.h>

struct _GwMatterPane
{
  AdwBin parent;
  GwSession *session;          /* owned */
  gint64 matter;               /* 0 = none */
  GwMatterView *view;          /* owned, nullable: what is shown */
  GCancellable *loading;       /* owned, nullable */
  GCancellable *working;       /* owned: verbs that need nothing more */
  GSimpleActionGroup *actions; /* owned: "matter." */
  gboolean is_busy;

  GtkWidget *track, *facts, *timeline;
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkLabel *number;
  GtkButton *code;
  GtkLabel *title;
  GtkLabel *lamp;
  GtkLabel *lamp_word;
  GtkLabel *due;
  GtkMenuButton *why;
  GtkLabel *why_text;
  GtkButton *master;
  AdwBin *track_bin;
  AdwBin *fact_bin;
  AdwBin *timeline_bin;
  GtkScrolledWindow *scroller;
  GtkBox *foot;
  GtkGrid *verbs;
  GtkLabel *none;
  GtkMenuButton *more;
};

G_DEFINE_FINAL_TYPE (GwMatterPane, gw_matter_pane, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS]; /* nocheck:static – the type system's own */

static gboolean
is_aside (GwVerb verb)
{
  return verb == GW_VERB_NOTE || verb == GW_VERB_CORRECT;
}

/* Steps that bring nothing with them and change nothing that cannot be gone on from: no form. */
static gboolean
is_one_step (const GwMove *move)
{
  return move->needs == 0 &&
         (move->verb == GW_VERB_FILE || move->verb == GW_VERB_SIGN || move->verb == GW_VERB_RESUME);
}

static const GwMove *
find_offer (GwMatterPane *self, GwVerb verb)
{
  for (guint i = 0; self->view != NULL && i < self->view->offers->len; i++)
    {
      const GwMove *move = &g_array_index (self->view->offers, GwMove, i);

      if (move->verb == verb)
        return move;
    }
  return NULL;
}

/* ---- verbs ---- */

static void
set_busy (GwMatterPane *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->verbs), !is_busy);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMatterPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_apply_finish (GW_SESSION (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (matter == NULL)
    {
      gw_ui_toast_error (GTK_WIDGET (self), error);
      return;
    }
  text = g_strdup_printf (_ ("%s: %s"), matter->number, gw_state_label (matter->state));
  g_signal_emit (self, signals[SIGNAL_DONE], 0, text, matter->id);
}

static void
apply_at_once (GwMatterPane *self, const GwMove *move)
{
  g_autoptr (GwVerbRequest) request = gw_verb_request_new (self->view->matter->id, move->verb);

  request->rev = self->view->matter->rev;
  set_busy (self, TRUE);
  gw_session_apply_async (self->session, request, self->working, applied_cb, g_object_ref (self));
}

static void
verb_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GwMatterPane *self = data;
  GwVerb verb = 0;
  const GwMove *move = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!gw_verb_from_id (g_variant_get_string (parameter, NULL), &verb) || self->is_busy)
    return;
  move = find_offer (self, verb);
  if (move == NULL)
    return;
  if (is_one_step (move))
    apply_at_once (self, move);
  else
    gw_verb_dialog_present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->session,
                            self->view, move);
}

static void
copy (GwMatterPane *self, const char *text, const char *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gw_ui_toast (GTK_WIDGET (self), said);
}

static void
copy_number_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GwMatterPane *self = data;

  if (self->view != NULL)
    copy (self, self->view->matter->number, _ ("The number was copied"));
}

static void
copy_code_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GwMatterPane *self = data;

  if (self->view != NULL)
    copy (self, self->view->matter->case_code, _ ("The case code was copied"));
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_CLOSE], 0);
}

static const GActionEntry entries[] = {
  { .name = "verb", .activate = verb_cb, .parameter_type = "s" },
  { .name = "copy-number", .activate = copy_number_cb },
  { .name = "copy-code", .activate = copy_code_cb },
  { .name = "close", .activate = close_cb },
};

/* ---- showing ---- */

static GtkWidget *
verb_button (const GwMove *move, gboolean suggested)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (gw_verb_label (move->verb));
  g_autofree char *action = g_strdup_printf ("matter.verb::%s", gw_verb_id (move->verb));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, gw_verb_label (move->verb));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  gw_ui_set_name (button, gw_verb_label (move->verb));
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

/* The suggested step over the whole width, the others two in a row. */
static void
show_verbs (GwMatterPane *self)
{
  GtkWidget *child = NULL;
  int n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->verbs))) != NULL)
    gtk_grid_remove (self->verbs, child);
  for (guint i = 0; i < self->view->offers->len; i++)
    {
      const GwMove *move = &g_array_index (self->view->offers, GwMove, i);

      if (is_aside (move->verb))
        continue;
      if (n == 0)
        gtk_grid_attach (self->verbs, verb_button (move, TRUE), 0, 0, 2, 1);
      else
        gtk_grid_attach (self->verbs, verb_button (move, FALSE), (n - 1) % 2, 1 + (n - 1) / 2, 1,
                         1);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->verbs), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->none), n == 0);
}

static void
show_more (GwMatterPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) asides = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();

  for (guint i = 0; i < self->view->offers->len; i++)
    {
      const GwMove *move = &g_array_index (self->view->offers, GwMove, i);
      g_autofree char *action = g_strdup_printf ("matter.verb::%s", gw_verb_id (move->verb));
      g_autofree char *label = g_strdup_printf ("%s…", gw_verb_label (move->verb));

      if (is_aside (move->verb))
        g_menu_append (asides, label, action);
    }
  g_menu_append (copies, _ ("Copy the Number"), "matter.copy-number");
  g_menu_append (copies, _ ("Copy the Case Code"), "matter.copy-code");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (asides));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
}

static gboolean
is_same_offer (const GwMatterView *a, const GwMatterView *b)
{
  if (a == NULL || a->offers->len != b->offers->len)
    return FALSE;
  for (guint i = 0; i < a->offers->len; i++)
    if (g_array_index (a->offers, GwMove, i).verb != g_array_index (b->offers, GwMove, i).verb)
      return FALSE;
  return a->matter->id == b->matter->id && a->matter->state == b->matter->state;
}

static void
show_lamp (GwMatterPane *self)
{
  const GwMatterView *view = self->view;
  const char *css[] = { gw_ui_lamp_class (view->lamp), NULL };
  g_autofree char *due = gw_ui_format_due (view->due, gw_session_now (self->session));
  gboolean runs = view->lamp != GW_LAMP_NONE;

  gtk_label_set_text (self->lamp, gw_ui_lamp_glyph (view->lamp));
  gtk_widget_set_css_classes (GTK_WIDGET (self->lamp), css);
  gtk_label_set_text (self->lamp_word, gw_lamp_label (view->lamp));
  gtk_label_set_text (self->due, due);
  gtk_label_set_text (self->why_text, view->due_why != NULL ? view->due_why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), view->due_why != NULL && view->due != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->lamp), runs);
  gtk_widget_set_visible (GTK_WIDGET (self->lamp_word), runs);
}

/* ---- the matter it was merged into ---- */

static void
master_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMatterPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);
  const GwMatter *master = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  g_autofree char *label = NULL;

  if (self->view == NULL || (master != NULL && master->id != self->view->matter->master))
    return;
  if (master == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  label = master != NULL ? g_strdup_printf (_ ("Merged into %s"), master->number)
                         : g_strdup (_ ("Merged into a matter outside your area"));
  gtk_button_set_label (self->master, label);
  if (master != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->master), "x", master->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->master),
                                  master != NULL ? "win.show-matter" : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->master), master != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->master), TRUE);
}

/* The journal names the master by its id; people know it by its number. */
static void
show_master (GwMatterPane *self)
{
  gint64 master = self->view->matter->master;

  gtk_widget_set_visible (GTK_WIDGET (self->master), FALSE);
  if (master != 0)
    gw_session_fetch_rows_async (self->session, &master, 1, self->working, master_cb,
                                 g_object_ref (self));
}

/* Takes @view. */
static void
show_view (GwMatterPane *self, GwMatterView *view)
{
  gboolean is_same = is_same_offer (self->view, view);
  gboolean is_other = self->view == NULL || self->view->matter->id != view->matter->id;
  GwMatterView *old = self->view;

  self->view = view;
  gtk_label_set_text (self->number, view->matter->number);
  gtk_button_set_label (self->code, view->matter->case_code);
  gtk_label_set_text (self->title, view->matter->title);
  gw_state_track_set (GW_STATE_TRACK (self->track), view->matter->state);
  show_lamp (self);
  show_master (self);
  gw_fact_table_show (GW_FACT_TABLE (self->facts), view);
  gw_timeline_show (GW_TIMELINE (self->timeline), view->events);
  if (!is_same) /* buttons that stay keep the focus */
    {
      show_verbs (self);
      show_more (self);
    }
  if (is_other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, "matter");
  gw_matter_view_free (old);
}

static void
show_problem (GwMatterPane *self, const GError *error)
{
  adw_status_page_set_description (self->problem, error->message);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
viewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMatterPane) self = data;
  g_autoptr (GError) error = NULL;
  GwMatterView *view = gw_session_view_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  /* What may be done in the file cannot be done from here. */
  if (view != NULL && gw_session_is_read_only (self->session))
    g_array_set_size (view->offers, 0);
  if (view == NULL)
    show_problem (self, error);
  else
    show_view (self, view);
}

static void
load (GwMatterPane *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->matter == 0 || self->session == NULL)
    return;
  self->loading = g_cancellable_new ();
  gw_session_view_async (self->session, self->matter, self->loading, viewed_cb,
                         g_object_ref (self));
}

static void
seat_cb (GwMatterPane *self)
{
  load (self);
}

static void
data_cb (GwMatterPane *self)
{
  load (self);
}

/* ---- the widget ---- */

static void
gw_matter_pane_dispose (GObject *object)
{
  GwMatterPane *self = GW_MATTER_PANE (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_MATTER_PANE);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->view, gw_matter_view_free);
  G_OBJECT_CLASS (gw_matter_pane_parent_class)->dispose (object);
}

/* Buttons lose the actions of the pane when it moves to another place of the page. */
static void
gw_matter_pane_root (GtkWidget *widget)
{
  GwMatterPane *self = GW_MATTER_PANE (widget);

  GTK_WIDGET_CLASS (gw_matter_pane_parent_class)->root (widget);
  gtk_widget_insert_action_group (widget, "matter", NULL);
  gtk_widget_insert_action_group (widget, "matter", G_ACTION_GROUP (self->actions));
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, problem);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, number);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, code);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, title);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, lamp);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, lamp_word);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, due);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, why);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, why_text);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, master);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, track_bin);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, fact_bin);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, timeline_bin);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, foot);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, verbs);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, none);
  gtk_widget_class_bind_template_child (widget_class, GwMatterPane, more);
}

static void
gw_matter_pane_class_init (GwMatterPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_matter_pane_dispose;
  widget_class->root = gw_matter_pane_root;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-matter-pane.ui");
  bind_children (widget_class);
  signals[SIGNAL_DONE] =
      g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_matter_pane_init (GwMatterPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->working = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "matter", G_ACTION_GROUP (self->actions));
  self->track = gw_state_track_new ();
  adw_bin_set_child (self->track_bin, self->track);
}

GtkWidget *
gw_matter_pane_new (GwSession *session)
{
  GwMatterPane *self = NULL;

  g_return_val_if_fail (GW_IS_SESSION (session), NULL);
  self = g_object_new (GW_TYPE_MATTER_PANE, NULL);
  self->session = g_object_ref (session);
  self->facts = gw_fact_table_new (session);
  self->timeline = gw_timeline_new (session);
  adw_bin_set_child (self->fact_bin, self->facts);
  adw_bin_set_child (self->timeline_bin, self->timeline);
  g_signal_connect_object (session, "changed", G_CALLBACK (data_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "seat-changed", G_CALLBACK (seat_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
gw_matter_pane_set_matter (GwMatterPane *self, gint64 id)
{
  g_return_if_fail (GW_IS_MATTER_PANE (self));
  if (id == self->matter)
    return;
  self->matter = id;
  if (id == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      g_clear_pointer (&self->view, gw_matter_view_free);
    }
  load (self);
}

const GwMatterView *
gw_matter_pane_get_view (GwMatterPane *self)
{
  g_return_val_if_fail (GW_IS_MATTER_PANE (self), NULL);
  return self->view;
}
