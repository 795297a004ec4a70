/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-verb-dialog.h"

#include "gw-choice.h"
#include "gw-correction.h"
#include "gw-error.h"
#include "gw-form-row.h"
#include "gw-org-picker.h"
#include "gw-record-form.h"
#include "gw-submit-key.h"
#include "gw-text-box.h"
#include "gw-text.h"
#include "gw-ui.h"
#include "gw-window.h"
#include "gw-words.h"
#include <glib/gi18n-lib.h>

#define TEXT_HEIGHT 84
#define DEFAULT_PAUSE_DAYS 7

struct _GwVerbDialog
{
  AdwWindow parent;
  GwSession *session; /* owned */
  GwMove move;
  gint64 matter;
  guint rev;
  int level;             /* the present one */
  GwIntake *before;      /* owned, nullable: what a correction starts from */
  gint64 master;         /* found for what stands in the entry; 0 = none */
  GCancellable *finding; /* owned, nullable */
  GCancellable *working; /* owned */
  gboolean strict;       /* the form was tried once */
  gboolean is_busy;

  GwChoice *reason_code, *other_way, *level_choice, *channel, *answer, *solved; /* nullable */
  GwPicker *org;                                                                /* nullable */
  GtkSpinButton *days;                                                          /* nullable */
  GtkEditable *master_entry;                                                    /* nullable */
  GwFormRow *master_row;                                                        /* nullable */
  GwTextBox *reason, *result, *note;                                            /* nullable */
  GwRecordForm *record;                                                         /* nullable */

  AdwWindowTitle *heading;
  GtkButton *apply;
  GtkBox *rows;
  GtkLabel *way;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (GwVerbDialog, gw_verb_dialog, ADW_TYPE_WINDOW)

/* ---- the request ---- */

static char *
dup_box (GwTextBox *box)
{
  g_autofree char *text = box != NULL ? gw_text_box_dup_text (box) : NULL;

  return text != NULL && !gw_text_is_blank (text) ? g_steal_pointer (&text) : NULL;
}

static char *
dup_choice (GwChoice *choice)
{
  return choice != NULL ? g_strdup (gw_choice_get (choice)) : NULL;
}

static int
chosen_level (GwVerbDialog *self)
{
  const char *id = self->level_choice != NULL ? gw_choice_get (self->level_choice) : NULL;

  return id != NULL ? (int)g_ascii_strtoll (id, NULL, 10) : 0;
}

GwVerbRequest *
gw_verb_dialog_dup_request (GwVerbDialog *self)
{
  GwVerbRequest *request = NULL;

  g_return_val_if_fail (GW_IS_VERB_DIALOG (self), NULL);
  request = gw_verb_request_new (self->matter, self->move.verb);
  request->rev = self->rev;
  request->reason = dup_box (self->reason);
  request->result = dup_box (self->result);
  request->note = dup_box (self->note);
  request->reason_code = dup_choice (self->reason_code);
  request->other_way = dup_choice (self->other_way);
  request->channel = dup_choice (self->channel);
  request->answer = dup_choice (self->answer);
  request->solved = dup_choice (self->solved);
  request->org = self->org != NULL ? gw_picker_get (self->org) : 0;
  request->days = self->days != NULL ? (guint)gtk_spin_button_get_value_as_int (self->days) : 0;
  request->level = chosen_level (self);
  request->master = self->master;
  if (self->record != NULL)
    {
      g_autoptr (GwIntake) after = gw_record_form_dup_intake (self->record);

      request->changes = gw_correction_changes (self->session, self->before, after);
    }
  return request;
}

static void
show_problem (GwVerbDialog *self, const char *text, gboolean is_wrong)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem), is_wrong ? "dim-label" : "form-problem");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), is_wrong ? "form-problem" : "dim-label");
}

static gboolean
has_personal (const GwVerbRequest *request)
{
  const char *texts[] = { request->reason, request->result, request->note };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && gw_text_find_personal (texts[i], NULL) != GW_PERSONAL_NONE)
      return TRUE;
  return FALSE;
}

/* What is missing is a hint until the form was tried; personal data is wrong at once. */
static gboolean
judge (GwVerbDialog *self)
{
  g_autoptr (GwVerbRequest) request = gw_verb_dialog_dup_request (self);
  g_autoptr (GError) error = NULL;
  gboolean is_good = gw_verb_request_check (request, &self->move, &error);

  show_problem (self, error != NULL ? error->message : NULL,
                self->strict || has_personal (request));
  return is_good;
}

static void
written_cb (GwVerbDialog *self)
{
  if (!self->is_busy)
    (void)judge (self);
}

const char *
gw_verb_dialog_get_problem (GwVerbDialog *self)
{
  g_return_val_if_fail (GW_IS_VERB_DIALOG (self), NULL);
  return gtk_label_get_text (self->problem);
}

/* ---- applying ---- */

static void
set_busy (GwVerbDialog *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), !is_busy);
}

static void
say_done (GwVerbDialog *self, const GwMatter *matter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *text =
      g_strdup_printf (_ ("%s: %s"), matter->number,
                       self->move.from == self->move.to ? gw_verb_past (self->move.verb)
                                                        : gw_state_label (matter->state));

  if (parent != NULL)
    gw_ui_toast (GTK_WIDGET (parent), text);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwVerbDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_apply_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (matter != NULL)
    {
      say_done (self, matter);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  show_problem (self, error->message, TRUE);
  if (g_error_matches (error, GW_ERROR, GW_ERROR_STALE))
    {
      /* What was shown is no longer true: the pane behind shows the new state already. */
      gtk_widget_set_sensitive (GTK_WIDGET (self->apply), FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->rows), FALSE);
    }
}

static void
apply_cb (GwVerbDialog *self)
{
  g_autoptr (GwVerbRequest) request = NULL;

  if (self->is_busy || !gtk_widget_get_sensitive (GTK_WIDGET (self->apply)))
    return;
  self->strict = TRUE;
  if (!judge (self) || (self->record != NULL && !gw_record_form_check (self->record, NULL)))
    return;
  request = gw_verb_dialog_dup_request (self);
  set_busy (self, TRUE);
  gw_session_apply_async (self->session, request, self->working, applied_cb, g_object_ref (self));
}

static void
cancel_cb (GwVerbDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
apply_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  apply_cb (GW_VERB_DIALOG (widget));
  return GDK_EVENT_STOP;
}

/* ---- the matter to merge into ---- */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwVerbDialog) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = gw_session_find_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->master = id;
  gw_form_row_set_problem (self->master_row, error != NULL ? error->message : NULL);
  (void)judge (self);
}

static void
master_cb (GwVerbDialog *self)
{
  const char *text = gtk_editable_get_text (self->master_entry);

  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->master = 0;
  gw_form_row_set_problem (self->master_row, NULL);
  if (gw_text_length (text) >= GW_CASE_CODE_LENGTH)
    {
      self->finding = g_cancellable_new ();
      gw_session_find_async (self->session, text, self->finding, found_cb, g_object_ref (self));
    }
  (void)judge (self);
}

/* ---- the rows ---- */

static GwFormRow *
add (GwVerbDialog *self, const char *title, gboolean required, GtkWidget *control, GtkWidget *focus)
{
  GtkWidget *row = gw_form_row_new (title, required, control, focus);

  gtk_box_append (self->rows, row);
  return GW_FORM_ROW (row);
}

static GwChoice *
add_choice (GwVerbDialog *self, const char *title, const char *const *ids)
{
  GtkWidget *choice = gw_choice_new (_ ("Choose…"));

  gw_choice_add_terms (GW_CHOICE (choice), ids);
  (void)add (self, title, TRUE, choice, gw_choice_get_focus (GW_CHOICE (choice)));
  g_signal_connect_object (choice, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  return GW_CHOICE (choice);
}

static GwTextBox *
add_text (GwVerbDialog *self, const char *title, gboolean required)
{
  GtkWidget *box = gw_text_box_new (TEXT_HEIGHT);

  (void)add (self, title, required, box, gw_text_box_get_focus (GW_TEXT_BOX (box)));
  g_signal_connect_object (box, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  return GW_TEXT_BOX (box);
}

static void
add_org (GwVerbDialog *self)
{
  GtkWidget *picker = gw_org_picker_new (self->session);

  self->org = GW_PICKER (picker);
  (void)add (self, _ ("Unit"), TRUE, picker, gw_picker_get_focus (self->org));
  g_signal_connect_object (picker, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
}

static void
add_level (GwVerbDialog *self)
{
  static const char *const levels[] = { "community", "township", "district" };

  self->level_choice = add_choice (self, _ ("New level"), NULL);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i + 1);

      if (i + 1 != self->level)
        gw_choice_add (self->level_choice, id, gw_term_label (levels[i]));
    }
}

static void
add_days (GwVerbDialog *self)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (1, GW_PAUSE_MAX_DAYS, 1);

  self->days = GTK_SPIN_BUTTON (spin);
  gtk_spin_button_set_value (self->days, DEFAULT_PAUSE_DAYS);
  (void)add (self, _ ("Days"), TRUE, spin, spin);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
}

static void
add_master (GwVerbDialog *self)
{
  GtkWidget *entry = gtk_entry_new ();

  self->master_entry = GTK_EDITABLE (entry);
  self->master_row = add (self, _ ("Merge into"), TRUE, entry, entry);
  gw_form_row_set_note (self->master_row, _ ("Number or case code of the matter that stays"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (master_cb), self, G_CONNECT_SWAPPED);
}

static void
picked_cb (gpointer owner, gboolean has_point, gint x, gint y)
{
  GwVerbDialog *self = owner;

  if (has_point)
    gw_record_form_set_point (self->record, x, y);
  gtk_window_present (GTK_WINDOW (self));
}

/* The form steps aside while its window's map is looked at. */
static void
pick_point_cb (GwVerbDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!GW_IS_WINDOW (parent))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gw_window_pick_point (GW_WINDOW (parent), G_OBJECT (self), picked_cb);
}

static void
add_record (GwVerbDialog *self, const GwMatterView *view)
{
  g_auto (GStrv) seen = gw_correction_dup_fields (self->session, view);
  GtkWidget *form = gw_record_form_new (self->session, GW_RECORD_FORM_CORRECT);

  self->before = gw_correction_dup_intake (view);
  self->record = GW_RECORD_FORM (form);
  gw_record_form_load (self->record, self->before);
  gw_record_form_keep_fields (self->record, (const char *const *)seen);
  gw_record_form_keep_texts (self->record, gw_words_is_whole (self->session, view),
                             gw_words_has_texts (self->session, view));
  /* Reading the form once more gives texts as it writes them, so that only true changes count. */
  gw_intake_free (self->before);
  self->before = gw_record_form_dup_intake (self->record);
  gtk_box_append (self->rows, form);
  g_signal_connect_object (form, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "pick-point", G_CALLBACK (pick_point_cb), self, G_CONNECT_SWAPPED);
}

static void
add_rows (GwVerbDialog *self, const GwMatterView *view)
{
  guint32 needs = self->move.needs;
  gboolean is_note = self->move.verb == GW_VERB_NOTE;

  if (self->move.verb == GW_VERB_CORRECT)
    add_record (self, view);
  if (needs & GW_NEEDS_ORG)
    add_org (self);
  if (needs & GW_NEEDS_MASTER)
    add_master (self);
  if (needs & GW_NEEDS_LEVEL)
    add_level (self);
  if (needs & GW_NEEDS_REASON_CODE)
    self->reason_code =
        add_choice (self, _ ("Reason from the list"), gw_reason_codes (self->move.verb));
  if (needs & GW_NEEDS_OTHER_WAY)
    self->other_way = add_choice (self, _ ("Other way that was shown"), gw_other_ways ());
  if (needs & GW_NEEDS_DAYS)
    add_days (self);
  if (needs & GW_NEEDS_RESULT)
    self->result = add_text (self, _ ("What was done"), TRUE);
  if (needs & GW_NEEDS_ANSWER)
    {
      self->channel = add_choice (self, _ ("How the call-back was made"), gw_channels ());
      self->answer = add_choice (self, _ ("Answer"), gw_answers ());
      self->solved = add_choice (self, _ ("Solved"), gw_solved ());
    }
  if (is_note || (needs & GW_NEEDS_ANSWER))
    self->note = add_text (self, _ ("Note"), is_note);
  else
    self->reason = add_text (self, needs & GW_NEEDS_REASON ? _ ("Reason") : _ ("Remark"),
                             (needs & GW_NEEDS_REASON) != 0);
}

/* ---- the widget ---- */

static void
gw_verb_dialog_dispose (GObject *object)
{
  GwVerbDialog *self = GW_VERB_DIALOG (object);

  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->is_busy = TRUE;                               /* nothing is judged while the rows go */
  adw_window_set_content (ADW_WINDOW (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_VERB_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->working);
  g_clear_pointer (&self->before, gw_intake_free);
  G_OBJECT_CLASS (gw_verb_dialog_parent_class)->dispose (object);
}

static void
gw_verb_dialog_class_init (GwVerbDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_verb_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/dialogs/gw-verb-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GwVerbDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, GwVerbDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, GwVerbDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, GwVerbDialog, way);
  gtk_widget_class_bind_template_child (widget_class, GwVerbDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gw_verb_dialog_init (GwVerbDialog *self)
{
  self->working = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gw_submit_key_add (GTK_WIDGET (self), apply_key_cb);
}

static void
show_heading (GwVerbDialog *self, const GwMatter *matter)
{
  const char *verb = gw_verb_label (self->move.verb);
  g_autofree char *what = g_strdup_printf ("%s · %s", matter->number, matter->title);

  gtk_window_set_title (GTK_WINDOW (self), verb);
  adw_window_title_set_title (self->heading, verb);
  adw_window_title_set_subtitle (self->heading, what);
  gtk_button_set_label (self->apply, verb);
  gw_ui_set_name (GTK_WIDGET (self->apply), verb);
  if (self->move.from != self->move.to && self->move.verb != GW_VERB_RECORD)
    {
      g_autofree char *way = g_strdup_printf ("%s → %s", gw_state_label (self->move.from),
                                              gw_state_label (self->move.to));

      gtk_label_set_text (self->way, way);
      gtk_widget_set_visible (GTK_WIDGET (self->way), TRUE);
    }
}

GwVerbDialog *
gw_verb_dialog_new (GtkWindow *parent,
                    GwSession *session,
                    const GwMatterView *view,
                    const GwMove *move)
{
  GwVerbDialog *self = NULL;

  g_return_val_if_fail (GW_IS_SESSION (session) && view != NULL && move != NULL, NULL);
  self = g_object_new (GW_TYPE_VERB_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->move = *move;
  self->matter = view->matter->id;
  self->rev = view->matter->rev;
  self->level = view->matter->level;
  if (move->verb == GW_VERB_CORRECT)
    gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  show_heading (self, view->matter);
  add_rows (self, view);
  (void)judge (self);
  return self;
}

void
gw_verb_dialog_present (GtkWindow *parent,
                        GwSession *session,
                        const GwMatterView *view,
                        const GwMove *move)
{
  GwVerbDialog *self = gw_verb_dialog_new (parent, session, view, move);

  gtk_window_present (GTK_WINDOW (self));
  (void)gtk_widget_child_focus (GTK_WIDGET (self->rows), GTK_DIR_TAB_FORWARD);
}
