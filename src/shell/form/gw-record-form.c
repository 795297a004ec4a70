/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-record-form.h"

#include "gw-area-picker.h"
#include "gw-choice.h"
#include "gw-error.h"
#include "gw-field-editor.h"
#include "gw-field-rules.h"
#include "gw-form-row.h"
#include "gw-free-text.h"
#include "gw-place-row.h"
#include "gw-text-box.h"
#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define SUMMARY_HEIGHT 84

typedef enum
{
  ROW_TYPE,
  ROW_TITLE,
  ROW_SUMMARY,
  ROW_SOURCE,
  ROW_URGENCY,
  ROW_LEVEL,
  ROW_OCCURRED,
  N_ROWS
} Row;

struct _GwRecordForm
{
  AdwBin parent;
  GwSession *session; /* owned */
  GwRecordFormKind kind;
  char *type;          /* owned, nullable: whose fields are shown */
  GPtrArray *editors;  /* borrowed from the tree, GwFieldEditor */
  gboolean loading;    /* the program writes, not a person */
  gboolean strict;     /* what is missing is shown too */
  gboolean is_partial; /* fields were taken out, see gw_record_form_keep_fields */
  GwSeverity severity;

  GwFormRow *rows[N_ROWS];
  GwChoice *type_choice, *source, *urgency, *level;
  GtkEditable *title, *occurred;
  GwTextBox *summary;
  GwPlaceRow *place;
  GtkCheckButton *restricted;

  GtkBox *columns;
  GtkBox *own;
  GtkBox *fields;
};

G_DEFINE_FINAL_TYPE (GwRecordForm, gw_record_form, ADW_TYPE_BIN)

static const struct
{
  const char *id;
  GwUrgency urgency;
} urgencies[] = {
  { "normal", GW_URGENCY_NORMAL },
  { "urgent", GW_URGENCY_URGENT },
  { "emergency", GW_URGENCY_EMERGENCY },
};

/* Index + 1 is the level of a matter. */
static const char *const levels[] = { "community", "township", "district", NULL };

/* ---- what is wrong, row by row; NULL: nothing ---- */

static char *
judge_text (GwRecordForm *self, const char *label, const char *text, gsize max, gboolean required)
{
  g_autoptr (GError) error = NULL;

  if (gw_text_is_blank (text))
    return required && self->strict
               ? g_strdup_printf (_ ("%s: a value is required; fill it in"), label)
               : NULL;
  return gw_free_text_check (label, text, max, FALSE, &error) ? NULL : g_strdup (error->message);
}

static char *
judge_type (GwRecordForm *self)
{
  return self->strict && gw_choice_get (self->type_choice) == NULL
             ? g_strdup (_ ("Choose what kind of matter it is"))
             : NULL;
}

static char *
judge_title (GwRecordForm *self)
{
  return judge_text (self, _ ("Title"), gtk_editable_get_text (self->title), GW_INTAKE_MAX_TITLE,
                     TRUE);
}

static char *
judge_summary (GwRecordForm *self)
{
  g_autofree char *text = gw_text_box_dup_text (self->summary);

  return judge_text (self, _ ("Summary"), text, GW_INTAKE_MAX_SUMMARY, TRUE);
}

static char *
judge_occurred (GwRecordForm *self)
{
  const char *text = gtk_editable_get_text (self->occurred);
  gint64 at = 0;

  if (gw_text_is_blank (text))
    return NULL;
  if (!gw_time_parse (text, &at, NULL))
    return self->strict ? g_strdup (_ ("Not a date: write 2026-11-24 or 2026-11-24 14:05")) : NULL;
  return at > gw_session_now (self->session) + 24 * 3600
             ? g_strdup (_ ("This day is still to come: check the date"))
             : NULL;
}

static char *(*const judges[N_ROWS]) (GwRecordForm *self) = {
  [ROW_TYPE] = judge_type,
  [ROW_TITLE] = judge_title,
  [ROW_SUMMARY] = judge_summary,
  [ROW_OCCURRED] = judge_occurred,
};

static gboolean
judge_row (GwRecordForm *self, Row row)
{
  gboolean is_shown = gtk_widget_get_visible (GTK_WIDGET (self->rows[row]));
  g_autofree char *problem = is_shown && judges[row] != NULL ? judges[row](self) : NULL;

  gw_form_row_set_problem (self->rows[row], problem);
  return problem == NULL;
}

/* The module's rules over the whole record. Where the reader may see only some of the fields,
 * nothing can be said about the rest, and nothing is hidden: a hidden field loses its value. */
static GwFieldEditor *
judge_rules (GwRecordForm *self)
{
  const GwTypeSpec *type =
      self->type != NULL ? gw_session_find_type (self->session, self->type) : NULL;

  return type != NULL && !self->is_partial
             ? gw_field_rules_judge (type, self->editors, self->strict)
             : NULL;
}

static void
judge_all (GwRecordForm *self)
{
  for (guint i = 0; i < N_ROWS; i++)
    (void)judge_row (self, i);
  (void)gw_place_row_check (self->place, self->strict);
  for (guint i = 0; i < self->editors->len; i++)
    (void)gw_field_editor_check (g_ptr_array_index (self->editors, i), self->strict);
  (void)judge_rules (self);
}

static void
written_cb (GwRecordForm *self)
{
  if (self->loading)
    return;
  judge_all (self);
  g_signal_emit_by_name (self, "changed");
}

/* ---- the fields of the type ---- */

static void
show_fields (GwRecordForm *self, const char *key)
{
  const GwTypeSpec *type = key != NULL ? gw_session_find_type (self->session, key) : NULL;

  if (g_strcmp0 (key, self->type) == 0)
    return;
  g_free (self->type);
  self->type = g_strdup (key);
  g_ptr_array_set_size (self->editors, 0);
  gw_ui_remove_children (GTK_WIDGET (self->fields));
  for (guint i = 0; type != NULL && i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      GtkWidget *editor = NULL;

      if (!gw_field_editor_can_edit (field))
        continue;
      editor = gw_field_editor_new (self->session, type, field);
      g_signal_connect_object (editor, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->fields, editor);
      g_ptr_array_add (self->editors, editor);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fields), self->editors->len > 0);
}

static void
type_cb (GwRecordForm *self)
{
  show_fields (self, gw_choice_get (self->type_choice));
  written_cb (self);
}

static void
pick_point_cb (GwRecordForm *self)
{
  g_signal_emit_by_name (self, "pick-point");
}

/* ---- building ---- */

static GtkWidget *
add_row (GwRecordForm *self,
         Row row,
         GtkBox *box,
         const char *title,
         gboolean required,
         GtkWidget *control,
         GtkWidget *focus)
{
  GtkWidget *made = gw_form_row_new (title, required, control, focus);

  self->rows[row] = GW_FORM_ROW (made);
  gtk_widget_set_hexpand (made, TRUE);
  gtk_box_append (box, made);
  g_signal_connect_object (control, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  return made;
}

static GwChoice *
add_choice (GwRecordForm *self, Row row, GtkBox *box, const char *title, const char *none)
{
  GtkWidget *choice = gw_choice_new (none);

  (void)add_row (self, row, box, title, TRUE, choice, gw_choice_get_focus (GW_CHOICE (choice)));
  return GW_CHOICE (choice);
}

static void
add_types (GwRecordForm *self)
{
  GPtrArray *types = gw_session_get_types (self->session);

  self->type_choice = add_choice (self, ROW_TYPE, self->own, _ ("Type"), _ ("Choose…"));
  for (guint i = 1; i < types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (types, i);

      if (type != NULL && type->loaded)
        gw_choice_add (self->type_choice, type->key, type->label);
    }
  g_signal_connect_object (self->type_choice, "changed", G_CALLBACK (type_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->rows[ROW_TYPE]), self->kind == GW_RECORD_FORM_NEW);
}

static void
add_texts (GwRecordForm *self)
{
  GtkWidget *title = gtk_entry_new (), *summary = gw_text_box_new (SUMMARY_HEIGHT);

  self->title = GTK_EDITABLE (title);
  self->summary = GW_TEXT_BOX (summary);
  (void)add_row (self, ROW_TITLE, self->own, _ ("Title"), TRUE, title, title);
  (void)add_row (self, ROW_SUMMARY, self->own, _ ("Summary"), TRUE, summary,
                 gw_text_box_get_focus (self->summary));
  gw_form_row_set_note (self->rows[ROW_SUMMARY],
                        _ ("No identity numbers, no telephone numbers, no names of persons."));
}

static void
add_choices (GwRecordForm *self)
{
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));

  gtk_box_set_homogeneous (line, TRUE);
  self->source = add_choice (self, ROW_SOURCE, line, _ ("Source"), NULL);
  gw_choice_add_terms (self->source, gw_sources ());
  self->urgency = add_choice (self, ROW_URGENCY, line, _ ("Urgency"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (urgencies); i++)
    gw_choice_add (self->urgency, urgencies[i].id, gw_term_label (urgencies[i].id));
  self->level = add_choice (self, ROW_LEVEL, line, _ ("Level"), NULL);
  gw_choice_add_terms (self->level, levels);
  gtk_box_append (self->own, GTK_WIDGET (line));
}

static void
add_place (GwRecordForm *self)
{
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkWidget *occurred = gtk_entry_new ();

  self->place = GW_PLACE_ROW (gw_place_row_new (self->session));
  gtk_box_append (self->own, GTK_WIDGET (self->place));
  g_signal_connect_object (self->place, "changed", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->place, "pick-point", G_CALLBACK (pick_point_cb), self,
                           G_CONNECT_SWAPPED);
  self->occurred = GTK_EDITABLE (occurred);
  gtk_entry_set_placeholder_text (GTK_ENTRY (occurred), _ ("2026-11-24 14:05"));
  (void)add_row (self, ROW_OCCURRED, line, _ ("Happened on"), FALSE, occurred, occurred);
  self->restricted = GTK_CHECK_BUTTON (
      gtk_check_button_new_with_label (_ ("Restricted (violence at home, minors)")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->restricted),
                               _ ("Title, place and texts are shown to the handling unit alone"));
  gtk_widget_set_valign (GTK_WIDGET (self->restricted), GTK_ALIGN_END);
  gtk_widget_set_visible (GTK_WIDGET (self->restricted), self->kind == GW_RECORD_FORM_NEW);
  g_signal_connect_object (self->restricted, "toggled", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (line, GTK_WIDGET (self->restricted));
  gtk_box_append (self->own, GTK_WIDGET (line));
}

static void
gw_record_form_dispose (GObject *object)
{
  GwRecordForm *self = GW_RECORD_FORM (object);

  self->loading = TRUE;
  g_ptr_array_set_size (self->editors, 0);
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_RECORD_FORM);
  G_OBJECT_CLASS (gw_record_form_parent_class)->dispose (object);
}

static void
gw_record_form_finalize (GObject *object)
{
  GwRecordForm *self = GW_RECORD_FORM (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->editors);
  g_free (self->type);
  G_OBJECT_CLASS (gw_record_form_parent_class)->finalize (object);
}

static void
gw_record_form_class_init (GwRecordFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_record_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_record_form_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-record-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GwRecordForm, columns);
  gtk_widget_class_bind_template_child (widget_class, GwRecordForm, own);
  gtk_widget_class_bind_template_child (widget_class, GwRecordForm, fields);
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("pick-point", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_record_form_init (GwRecordForm *self)
{
  self->editors = g_ptr_array_new ();
  self->severity = GW_SEVERITY_GENERAL;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gw_record_form_new (GwSession *session, GwRecordFormKind kind)
{
  GwRecordForm *self = g_object_new (GW_TYPE_RECORD_FORM, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->loading = TRUE;
  add_types (self);
  add_texts (self);
  add_choices (self);
  add_place (self);
  if (kind == GW_RECORD_FORM_CORRECT)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), GTK_ORIENTATION_VERTICAL);
      gtk_box_set_homogeneous (self->columns, FALSE);
    }
  self->loading = FALSE;
  gw_record_form_clear (self, NULL);
  return GTK_WIDGET (self);
}

/* ---- in and out ---- */

static const char *
only_type (GwRecordForm *self)
{
  GPtrArray *types = gw_session_get_types (self->session);
  const char *only = NULL;

  for (guint i = 1; i < types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (types, i);

      if (type == NULL || !type->loaded)
        continue;
      if (only != NULL)
        return NULL;
      only = type->key;
    }
  return only;
}

void
gw_record_form_clear (GwRecordForm *self, const char *type_key)
{
  g_autoptr (GwIntake) blank = NULL;

  g_return_if_fail (GW_IS_RECORD_FORM (self));
  blank = gw_intake_new (type_key != NULL ? type_key : only_type (self));
  blank->level = 1;
  gw_record_form_load (self, blank);
}

static void
load_choices (GwRecordForm *self, const GwIntake *intake)
{
  gw_choice_set (self->source, intake->source != NULL ? intake->source : "visit");
  gw_choice_set (self->urgency, gw_urgency_id (intake->urgency));
  gw_choice_set (self->level, levels[CLAMP (intake->level, 1, 3) - 1]);
  gtk_check_button_set_active (self->restricted, intake->sensitivity == GW_SENSITIVITY_RESTRICTED);
  self->severity = intake->severity;
}

static void
load_fields (GwRecordForm *self, const GwIntake *intake)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      GwFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const char *text = intake->values != NULL
                             ? g_hash_table_lookup (intake->values, gw_field_editor_get_id (editor))
                             : NULL;

      gw_field_editor_set_text (editor, text);
    }
}

void
gw_record_form_load (GwRecordForm *self, const GwIntake *intake)
{
  g_autofree char *occurred = NULL;

  g_return_if_fail (GW_IS_RECORD_FORM (self));
  self->loading = TRUE;
  self->strict = FALSE;
  /* A type that is not loaded can be corrected, though none can be taken in. */
  gw_choice_set (self->type_choice, intake->type);
  show_fields (self, intake->type);
  occurred = intake->occurred != 0 ? gw_time_format (intake->occurred) : NULL;
  gtk_editable_set_text (self->title, intake->title != NULL ? intake->title : "");
  gw_text_box_set_text (self->summary, intake->summary);
  gtk_editable_set_text (self->occurred, occurred != NULL ? occurred : "");
  load_choices (self, intake);
  gw_place_row_load (self->place, intake);
  load_fields (self, intake);
  self->loading = FALSE;
  judge_all (self);
}

void
gw_record_form_keep_fields (GwRecordForm *self, const char *const *ids)
{
  g_return_if_fail (GW_IS_RECORD_FORM (self));
  self->is_partial = TRUE;
  for (guint i = self->editors->len; i-- > 0;)
    {
      GtkWidget *editor = g_ptr_array_index (self->editors, i);

      if (g_strv_contains (ids, gw_field_editor_get_id (GW_FIELD_EDITOR (editor))))
        continue;
      g_ptr_array_remove_index (self->editors, i);
      gtk_box_remove (self->fields, editor);
    }
}

void
gw_record_form_keep_texts (GwRecordForm *self, gboolean is_whole, gboolean has_texts)
{
  g_return_if_fail (GW_IS_RECORD_FORM (self));
  gtk_widget_set_visible (GTK_WIDGET (self->rows[ROW_TITLE]), is_whole);
  gtk_widget_set_visible (GTK_WIDGET (self->rows[ROW_SUMMARY]), has_texts);
  gw_place_row_keep_texts (self->place, is_whole, has_texts);
}

static void
read_choices (GwRecordForm *self, GwIntake *intake)
{
  const char *level = gw_choice_get (self->level), *urgency = gw_choice_get (self->urgency);

  intake->source = g_strdup (gw_choice_get (self->source));
  if (urgency != NULL)
    (void)gw_urgency_from_id (urgency, &intake->urgency);
  intake->level = 1;
  for (int i = 0; levels[i] != NULL; i++)
    if (g_strcmp0 (levels[i], level) == 0)
      intake->level = i + 1;
  intake->severity = self->severity;
  intake->sensitivity = gtk_check_button_get_active (self->restricted) ? GW_SENSITIVITY_RESTRICTED
                                                                       : GW_SENSITIVITY_INTERNAL;
}

GwIntake *
gw_record_form_dup_intake (GwRecordForm *self)
{
  GwIntake *intake = NULL;
  gint64 at = 0;

  g_return_val_if_fail (GW_IS_RECORD_FORM (self), NULL);
  intake = gw_intake_new (self->type);
  intake->title = g_strdup (gtk_editable_get_text (self->title));
  intake->summary = gw_text_box_dup_text (self->summary);
  g_clear_pointer (&intake->source, g_free);
  read_choices (self, intake);
  gw_place_row_read (self->place, intake);
  if (gw_time_parse (gtk_editable_get_text (self->occurred), &at, NULL))
    intake->occurred = at;
  for (guint i = 0; i < self->editors->len; i++)
    {
      GwFieldEditor *editor = g_ptr_array_index (self->editors, i);
      char *text =
          gtk_widget_get_visible (GTK_WIDGET (editor)) ? gw_field_editor_dup_text (editor) : NULL;

      if (text != NULL)
        g_hash_table_insert (intake->values, g_strdup (gw_field_editor_get_id (editor)), text);
    }
  return intake;
}

gboolean
gw_record_form_is_blank (GwRecordForm *self)
{
  g_autoptr (GwIntake) intake = gw_record_form_dup_intake (self);

  return gw_text_is_blank (intake->title) && gw_text_is_blank (intake->summary) &&
         (intake->address == NULL || gw_text_is_blank (intake->address)) && !intake->has_point &&
         intake->area == GW_AREA_NONE && g_hash_table_size (intake->values) == 0;
}

void
gw_record_form_set_point (GwRecordForm *self, gint32 x, gint32 y)
{
  g_return_if_fail (GW_IS_RECORD_FORM (self));
  gw_place_row_set_point (self->place, x, y);
}

/* ---- checking ---- */

static gboolean
focus_problem (GwRecordForm *self, GError **error)
{
  GwFieldEditor *broken = NULL;

  for (guint i = 0; i < N_ROWS; i++)
    if (gw_form_row_get_problem (self->rows[i]) != NULL)
      {
        (void)gw_form_row_focus (self->rows[i]);
        return gw_throw (error, GW_ERROR_INVALID, "%s", gw_form_row_get_problem (self->rows[i]));
      }
  if (!gw_place_row_check (self->place, TRUE))
    {
      gw_place_row_focus_problem (self->place);
      return gw_throw (error, GW_ERROR_INVALID, "%s", gw_place_row_get_problem (self->place));
    }
  for (guint i = 0; i < self->editors->len; i++)
    {
      GwFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (gtk_widget_get_visible (GTK_WIDGET (editor)) && !gw_field_editor_check (editor, TRUE))
        {
          (void)gw_field_editor_focus (editor);
          return gw_throw (error, GW_ERROR_INVALID, _ ("One field is missing or wrong"));
        }
    }
  broken = judge_rules (self);
  if (broken == NULL)
    return TRUE;
  (void)gw_field_editor_focus (broken);
  return gw_throw (error, GW_ERROR_INVALID, _ ("One field is missing or wrong"));
}

gboolean
gw_record_form_check (GwRecordForm *self, GError **error)
{
  const GwTypeSpec *type = NULL;
  g_autoptr (GwIntake) intake = NULL;

  g_return_val_if_fail (GW_IS_RECORD_FORM (self), FALSE);
  self->strict = TRUE;
  judge_all (self);
  if (!focus_problem (self, error))
    return FALSE;
  if (self->kind == GW_RECORD_FORM_CORRECT)
    return TRUE;
  type = gw_session_find_type (self->session, self->type);
  intake = gw_record_form_dup_intake (self);
  return gw_intake_check (intake, type, error);
}

void
gw_record_form_focus (GwRecordForm *self)
{
  g_return_if_fail (GW_IS_RECORD_FORM (self));
  if (self->kind == GW_RECORD_FORM_NEW && gw_choice_get (self->type_choice) == NULL)
    (void)gw_form_row_focus (self->rows[ROW_TYPE]);
  else
    (void)gw_form_row_focus (self->rows[ROW_TITLE]);
}
