/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-field-editor.h"

#include "gw-choice.h"
#include "gw-form-row.h"
#include "gw-text-box.h"
#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define LONG_TEXT_HEIGHT 64

struct _GwFieldEditor
{
  AdwBin parent;
  GwSession *session; /* owned */
  char *type, *id;    /* owned */
  GwFieldType kind;
  gboolean required;
  GtkWidget *control; /* the child's control */
  GwFormRow *row;     /* the child */
};

G_DEFINE_FINAL_TYPE (GwFieldEditor, gw_field_editor, ADW_TYPE_BIN)

static void
changed_cb (GwFieldEditor *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
gw_field_editor_finalize (GObject *object)
{
  GwFieldEditor *self = GW_FIELD_EDITOR (object);

  g_object_unref (self->session);
  g_free (self->type);
  g_free (self->id);
  G_OBJECT_CLASS (gw_field_editor_parent_class)->finalize (object);
}

static void
gw_field_editor_class_init (GwFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_field_editor_finalize;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_field_editor_init (GwFieldEditor *self)
{
}

/* ---- the controls ---- */

static GtkWidget *
entry_control (const char *placeholder, GtkInputPurpose purpose)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), purpose);
  return entry;
}

static GtkWidget *
choice_control (const GwTypeSpec *type, const GwFieldSpec *field)
{
  GtkWidget *choice = gw_choice_new (_ ("Not stated"));
  const GwCodeListSpec *list = gw_type_spec_find_list (type, field->target);

  for (guint i = 0; list != NULL && i < list->codes->len; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (list->codes, i);
      g_autofree char *label = gw_code_spec_dup_label (code);

      if (!code->retired)
        gw_choice_add (GW_CHOICE (choice), code->code, label);
    }
  return choice;
}

static GtkWidget *
yes_no_control (void)
{
  GtkWidget *choice = gw_choice_new (_ ("Not stated"));

  gw_choice_add (GW_CHOICE (choice), "1", _ ("Yes"));
  gw_choice_add (GW_CHOICE (choice), "0", _ ("No"));
  return choice;
}

static GtkWidget *
checks_control (GwFieldEditor *self, const GwTypeSpec *type, const GwFieldSpec *field)
{
  GtkWidget *grid = gtk_grid_new ();
  const GwCodeListSpec *list = gw_type_spec_find_list (type, field->target);
  int n = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  for (guint i = 0; list != NULL && i < list->codes->len; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (list->codes, i);
      g_autofree char *label = gw_code_spec_dup_label (code);
      GtkWidget *check = NULL;

      if (code->retired)
        continue;
      check = gtk_check_button_new_with_label (label);
      g_object_set_data_full (G_OBJECT (check), "gw-code", g_strdup (code->code), g_free);
      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), check, n % 2, n / 2, 1, 1);
      n++;
    }
  return grid;
}

static GtkWidget *
make_control (GwFieldEditor *self, const GwTypeSpec *type, const GwFieldSpec *field)
{
  switch (field->kind)
    {
    case GW_FIELD_LONGTEXT:
      return gw_text_box_new (LONG_TEXT_HEIGHT);
    case GW_FIELD_CODE:
      return choice_control (type, field);
    case GW_FIELD_CODES:
      return checks_control (self, type, field);
    case GW_FIELD_BOOL:
      return yes_no_control ();
    case GW_FIELD_DATE:
      return entry_control (_ ("2026-11-24"), GTK_INPUT_PURPOSE_FREE_FORM);
    case GW_FIELD_TIME:
      return entry_control (_ ("2026-11-24 14:05"), GTK_INPUT_PURPOSE_FREE_FORM);
    case GW_FIELD_INT:
    case GW_FIELD_REAL:
      return entry_control (NULL, GTK_INPUT_PURPOSE_NUMBER);
    case GW_FIELD_TEXT:
    case GW_FIELD_REF:
    case GW_FIELD_PLACE:
    case GW_FIELD_FILES:
    default:
      return entry_control (NULL, GTK_INPUT_PURPOSE_FREE_FORM);
    }
}

static GtkWidget *
focus_of (GtkWidget *control)
{
  if (GW_IS_CHOICE (control))
    return gw_choice_get_focus (GW_CHOICE (control));
  if (GW_IS_TEXT_BOX (control))
    return gw_text_box_get_focus (GW_TEXT_BOX (control));
  if (GTK_IS_GRID (control))
    return gtk_widget_get_first_child (control) != NULL ? gtk_widget_get_first_child (control)
                                                        : control;
  return control;
}

gboolean
gw_field_editor_can_edit (const GwFieldSpec *field)
{
  return field->kind != GW_FIELD_REF && field->kind != GW_FIELD_PLACE &&
         field->kind != GW_FIELD_FILES && field->privacy != GW_CLASS_VAULT &&
         (field->flags & GW_FIELD_READONLY) == 0;
}

GtkWidget *
gw_field_editor_new (GwSession *session, const GwTypeSpec *type, const GwFieldSpec *field)
{
  GwFieldEditor *self = g_object_new (GW_TYPE_FIELD_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->type = g_strdup (type->key);
  self->id = g_strdup (field->id);
  self->kind = field->kind;
  self->required = (field->flags & GW_FIELD_REQUIRED) != 0;
  self->control = make_control (self, type, field);
  /* A set of checks keeps the words of its boxes: the name of the field is their group's. */
  if (field->kind == GW_FIELD_CODES)
    {
      self->row = GW_FORM_ROW (
          gw_form_row_new (field->label, self->required, self->control, self->control));
      gw_ui_set_name (self->control, field->label);
    }
  else
    {
      self->row = GW_FORM_ROW (
          gw_form_row_new (field->label, self->required, self->control, focus_of (self->control)));
      g_signal_connect_object (self->control, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gw_form_row_set_note (self->row, field->help);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->row));
  return GTK_WIDGET (self);
}

const char *
gw_field_editor_get_id (GwFieldEditor *self)
{
  g_return_val_if_fail (GW_IS_FIELD_EDITOR (self), NULL);
  return self->id;
}

/* ---- its text ---- */

static char *
dup_checks (GwFieldEditor *self)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *check = gtk_widget_get_first_child (self->control); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              (const char *)g_object_get_data (G_OBJECT (check), "gw-code"));
  return g_string_free (text, FALSE);
}

static void
set_checks (GwFieldEditor *self, const char *text)
{
  g_auto (GStrv) codes = g_strsplit (text != NULL ? text : "", ",", -1);

  for (GtkWidget *check = gtk_widget_get_first_child (self->control); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 g_strv_contains ((const char *const *)codes,
                                                  g_object_get_data (G_OBJECT (check), "gw-code")));
}

char *
gw_field_editor_dup_text (GwFieldEditor *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (GW_IS_FIELD_EDITOR (self), NULL);
  if (GW_IS_CHOICE (self->control))
    return g_strdup (gw_choice_get (GW_CHOICE (self->control)));
  if (GW_IS_TEXT_BOX (self->control))
    text = gw_text_box_dup_text (GW_TEXT_BOX (self->control));
  else if (GTK_IS_GRID (self->control))
    text = dup_checks (self);
  else
    text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  return gw_text_is_blank (text) ? NULL : g_steal_pointer (&text);
}

/* Times are kept as seconds and shown as people write them. */
static char *
shown_text (GwFieldEditor *self, const char *text)
{
  gint64 at = 0;

  if (self->kind == GW_FIELD_TIME && text != NULL &&
      g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &at, NULL))
    return gw_time_format (at);
  return g_strdup (text != NULL ? text : "");
}

void
gw_field_editor_set_text (GwFieldEditor *self, const char *text)
{
  g_return_if_fail (GW_IS_FIELD_EDITOR (self));
  if (GW_IS_CHOICE (self->control))
    gw_choice_set (GW_CHOICE (self->control), text);
  else if (GW_IS_TEXT_BOX (self->control))
    gw_text_box_set_text (GW_TEXT_BOX (self->control), text);
  else if (GTK_IS_GRID (self->control))
    set_checks (self, text);
  else
    {
      g_autofree char *shown = shown_text (self, text);

      gtk_editable_set_text (GTK_EDITABLE (self->control), shown);
    }
}

gboolean
gw_field_editor_check (GwFieldEditor *self, gboolean strict)
{
  g_autofree char *text = gw_field_editor_dup_text (self);
  const GwTypeSpec *type = gw_session_find_type (self->session, self->type);
  const GwFieldSpec *field = type != NULL ? gw_type_spec_find_field (type, self->id) : NULL;
  g_autoptr (GError) error = NULL;

  if (field != NULL && (text != NULL || strict))
    (void)gw_field_spec_check (field, type, text, NULL, &error);
  gw_form_row_set_problem (self->row, error != NULL ? error->message : NULL);
  return error == NULL;
}

void
gw_field_editor_set_problem (GwFieldEditor *self, const char *problem)
{
  g_return_if_fail (GW_IS_FIELD_EDITOR (self));
  gw_form_row_set_problem (self->row, problem);
}

gboolean
gw_field_editor_focus (GwFieldEditor *self)
{
  g_return_val_if_fail (GW_IS_FIELD_EDITOR (self), FALSE);
  return gtk_widget_grab_focus (focus_of (self->control));
}
