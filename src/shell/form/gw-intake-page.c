/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-intake-page.h"

#include "gw-draft-keeper.h"
#include "gw-record-form.h"
#include "gw-submit-key.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define DRAFT_KIND "intake"

struct _GwIntakePage
{
  AdwBin parent;
  GwSession *session;    /* owned */
  GwDraftKeeper *keeper; /* owned: of the form that is shown */
  GCancellable *working; /* owned */
  gint64 taken;          /* id of the matter on the receipt */
  char *number;          /* owned, nullable: its number */
  char *code;            /* owned, nullable: its case code */
  gboolean is_busy;

  GtkWidget *form; /* GwRecordForm */
  GtkStack *stack;
  AdwBin *form_bin;
  GtkLabel *draft;
  GtkLabel *problem;
  GtkButton *submit;
  GtkLabel *receipt_number;
  GtkLabel *receipt_code;
  GtkLabel *receipt_place;
  GtkButton *show;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (GwIntakePage, gw_intake_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_PICK_POINT,
  SIGNAL_SUBMITTED,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS]; /* nocheck:static – the type system's own */

static void
say (GwIntakePage *self, const char *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
set_busy (GwIntakePage *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (self->form, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), !is_busy);
}

/* ---- the draft ---- */

static void
saved_cb (GwIntakePage *self, gint64 at)
{
  g_autofree char *time = gw_time_format (at);
  /* "2026-11-24 10:32": the time alone, since it was a moment ago. */
  g_autofree char *text = g_strdup_printf (_ ("Draft saved %s"), time + strlen ("2026-11-24 "));

  gtk_label_set_text (self->draft, text);
}

static void
failed_cb (GwIntakePage *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("The draft was not saved: %s"), error->message);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_text (self->draft, text);
}

static void
replace_keeper (GwIntakePage *self, gint64 draft)
{
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  self->keeper = gw_draft_keeper_new (self->session, DRAFT_KIND, draft);
  g_signal_connect_object (self->keeper, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_text (self->draft, "");
}

static void
written_cb (GwIntakePage *self)
{
  g_autoptr (GwIntake) intake = NULL;

  say (self, NULL);
  if (self->is_busy || gw_session_is_read_only (self->session))
    return;
  if (gw_record_form_is_blank (GW_RECORD_FORM (self->form)) &&
      gw_draft_keeper_get_id (self->keeper) == 0)
    {
      gw_draft_keeper_forget (self->keeper);
      return;
    }
  intake = gw_record_form_dup_intake (GW_RECORD_FORM (self->form));
  gw_draft_keeper_take (self->keeper, gw_intake_serialise (intake));
}

/* ---- taking in ---- */

static void
show_receipt (GwIntakePage *self, const GwMatter *matter)
{
  g_autofree char *place =
      gw_area_tree_path (gw_session_get_areas (self->session), matter->area, " › ");

  self->taken = matter->id;
  g_free (self->number);
  self->number = g_strdup (matter->number);
  g_free (self->code);
  self->code = g_strdup (matter->case_code);
  gtk_label_set_text (self->receipt_number, matter->number);
  gtk_label_set_text (self->receipt_code, matter->case_code);
  gtk_label_set_text (self->receipt_place, place);
  gtk_stack_set_visible_child_name (self->stack, "receipt");
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->show));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwIntakePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_submit_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (matter == NULL)
    {
      say (self, error->message);
      return;
    }
  gw_draft_keeper_forget (self->keeper);
  gw_record_form_clear (GW_RECORD_FORM (self->form), NULL);
  replace_keeper (self, 0);
  show_receipt (self, matter);
}

/* The draft's row must be known before it can go with the matter. */
static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwIntakePage) self = data;
  g_autoptr (GwIntake) intake = NULL;

  (void)gw_draft_keeper_flush_finish (GW_DRAFT_KEEPER (source), result, NULL);
  if (self->session == NULL || self->keeper != GW_DRAFT_KEEPER (source))
    return;
  intake = gw_record_form_dup_intake (GW_RECORD_FORM (self->form));
  gw_session_submit_async (self->session, intake, gw_draft_keeper_get_id (self->keeper),
                           self->working, submitted_cb, g_object_ref (self));
}

static void
submit_cb (GwIntakePage *self)
{
  g_autoptr (GError) error = NULL;

  if (self->is_busy || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") != 0)
    return;
  if (!gw_record_form_check (GW_RECORD_FORM (self->form), &error))
    {
      say (self, error->message);
      return;
    }
  set_busy (self, TRUE);
  /* What still waits to be written down is on its way as a matter now. */
  gw_draft_keeper_forget (self->keeper);
  gw_draft_keeper_flush_async (self->keeper, settled_cb, g_object_ref (self));
}

static gboolean
submit_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  submit_cb (GW_INTAKE_PAGE (widget));
  return GDK_EVENT_STOP;
}

/* ---- leaving ---- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwIntakePage) self = data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (!gw_draft_keeper_flush_finish (GW_DRAFT_KEEPER (source), result, &error))
    {
      say (self, error->message); /* nothing written is lost: the form stays */
      return;
    }
  gw_record_form_clear (GW_RECORD_FORM (self->form), NULL);
  replace_keeper (self, 0);
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
close_cb (GwIntakePage *self)
{
  if (self->is_busy)
    return;
  set_busy (self, TRUE);
  gw_draft_keeper_flush_async (self->keeper, kept_cb, g_object_ref (self));
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwIntakePage) self = data;
  g_autoptr (GError) error = NULL;

  if (!gw_session_drop_draft_finish (GW_SESSION (source), result, &error) && self->session != NULL)
    gw_ui_toast_error (GTK_WIDGET (self), error);
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwIntakePage) self = data;
  gint64 id = gw_draft_keeper_get_id (GW_DRAFT_KEEPER (source));

  (void)gw_draft_keeper_flush_finish (GW_DRAFT_KEEPER (source), result, NULL);
  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  gw_record_form_clear (GW_RECORD_FORM (self->form), NULL);
  replace_keeper (self, 0);
  if (id != 0)
    gw_session_drop_draft_async (self->session, id, self->working, dropped_cb, g_object_ref (self));
  else
    g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
discard_cb (GwIntakePage *self)
{
  if (self->is_busy)
    return;
  set_busy (self, TRUE);
  gw_draft_keeper_forget (self->keeper);
  gw_draft_keeper_flush_async (self->keeper, discarded_cb, g_object_ref (self));
}

static void
another_cb (GwIntakePage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  gw_intake_page_focus (self);
}

static void
show_cb (GwIntakePage *self)
{
  g_autofree char *number = g_strdup (self->number);

  gtk_stack_set_visible_child_name (self->stack, "form");
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, self->taken, number);
}

static void
copy_cb (GwIntakePage *self)
{
  g_autofree char *text = g_strdup_printf ("%s %s", self->number, self->code);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gw_ui_toast (GTK_WIDGET (self), _ ("Number and case code were copied"));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GwIntakePage *self = GW_INTAKE_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "receipt") == 0)
    show_cb (self);
  else
    close_cb (self);
  return GDK_EVENT_STOP;
}

static void
pick_cb (GwIntakePage *self)
{
  g_signal_emit (self, signals[SIGNAL_PICK_POINT], 0);
}

/* ---- the widget ---- */

static void
gw_intake_page_dispose (GObject *object)
{
  GwIntakePage *self = GW_INTAKE_PAGE (object);

  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  if (self->form != NULL)
    g_signal_handlers_disconnect_by_data (self->form, self);
  g_clear_object (&self->keeper);
  self->form = NULL;
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_INTAKE_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->code, g_free);
  G_OBJECT_CLASS (gw_intake_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, stack);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, form_bin);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, draft);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, problem);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, submit);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, receipt_number);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, receipt_code);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, receipt_place);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, show);
  gtk_widget_class_bind_template_child (widget_class, GwIntakePage, scroller);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
gw_intake_page_class_init (GwIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_intake_page_dispose;
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  signals[SIGNAL_PICK_POINT] =
      g_signal_new ("pick-point", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[SIGNAL_SUBMITTED] =
      g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SIGNAL_CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_intake_page_init (GwIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->working = g_cancellable_new ();
  gw_submit_key_add (GTK_WIDGET (self), submit_key_cb);
}

GtkWidget *
gw_intake_page_new (GwSession *session)
{
  GwIntakePage *self = NULL;

  g_return_val_if_fail (GW_IS_SESSION (session), NULL);
  self = g_object_new (GW_TYPE_INTAKE_PAGE, NULL);
  self->session = g_object_ref (session);
  self->form = gw_record_form_new (session, GW_RECORD_FORM_NEW);
  adw_bin_set_child (self->form_bin, self->form);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "pick-point", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);
  replace_keeper (self, 0);
  return GTK_WIDGET (self);
}

static void
take_up (GwIntakePage *self, const GwDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwIntake) intake = gw_intake_parse (draft->payload, &error);

  if (intake == NULL)
    {
      say (self, error->message);
      return;
    }
  /* The form before it is written down on its own. */
  gw_draft_keeper_flush_async (self->keeper, NULL, NULL);
  gw_record_form_load (GW_RECORD_FORM (self->form), intake);
  replace_keeper (self, draft->id);
  saved_cb (self, draft->saved);
}

void
gw_intake_page_start (GwIntakePage *self, const char *type_key, const GwDraft *draft)
{
  g_return_if_fail (GW_IS_INTAKE_PAGE (self));
  gtk_stack_set_visible_child_name (self->stack, "form");
  say (self, NULL);
  if (draft != NULL && draft->id != gw_draft_keeper_get_id (self->keeper))
    take_up (self, draft);
  else if (gw_record_form_is_blank (GW_RECORD_FORM (self->form)))
    gw_record_form_clear (GW_RECORD_FORM (self->form),
                          type_key != NULL && *type_key != '\0' ? type_key : NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
gw_intake_page_set_point (GwIntakePage *self, gint32 x, gint32 y)
{
  g_return_if_fail (GW_IS_INTAKE_PAGE (self));
  gw_record_form_set_point (GW_RECORD_FORM (self->form), x, y);
}

void
gw_intake_page_focus (GwIntakePage *self)
{
  g_return_if_fail (GW_IS_INTAKE_PAGE (self));
  gw_record_form_focus (GW_RECORD_FORM (self->form));
}
