/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"

#include "gw-demo.h"
#include "gw-test-object.h"
#include <adwaita.h>
#include <glib/gstdio.h>

#define LIMIT_SECONDS 120

GResource *gw_shell_get_resource (void);

/* One folder for each program. */
static const char *
folder (void)
{
  static gsize made;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize)g_dir_make_tmp ("frame-XXXXXX", NULL));
  return (const char *)made;
}

gboolean
frame_harness_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_disable_setlocale (); /* texts are compared in English */
  if (!gtk_init_check ())
    return FALSE;
  adw_init ();
  /* A static library loses resources that nobody names. */
  g_resources_register (gw_shell_get_resource ());
  return TRUE;
}

const char *
frame_harness_file (void)
{
  static gsize made;

  if (g_once_init_enter (&made))
    {
      char *path = g_build_filename (folder (), "demo.gridwork", NULL);
      g_autoptr (GError) error = NULL;

      (void)gw_demo_create (path, FRAME_ROWS, 0, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_once_init_leave (&made, (gsize)path);
    }
  return (const char *)made;
}

GwSession *
frame_harness_open (void)
{
  g_autofree char *copy = g_build_filename (folder (), "copy.gridwork", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (frame_harness_file ());
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GwClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  GwSession *session = NULL;
  gint64 now = 0;
  gboolean has_time = FALSE;
  static const char *const others[] = { "-wal",        "-shm",        ".search",
                                        ".search-wal", ".search-shm", ".snapshot" };

  g_assert_true (gw_time_parse (FRAME_NOW, &now, &has_time));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *name = g_strconcat (copy, others[i], NULL);
      (void)g_unlink (name);
    }
  (void)g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  clock = gw_clock_new_fixed (now);
  session = gw_session_open_sync (copy, 0, clock, &error);
  g_assert_no_error (error);
  return session;
}

void
frame_harness_close (GwSession *session)
{
  gw_session_close (session);
  frame_harness_settle ();
  gw_test_drop (session);
}

void
frame_harness_seat (GwSession *session, GwRole role)
{
  GPtrArray *accounts = gw_session_get_accounts (session);

  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (account != NULL && (account->roles & (1u << role)) != 0)
        {
          g_autoptr (GError) error = NULL;

          (void)gw_session_take_seat (session, account->id, role, &error);
          g_assert_no_error (error);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
add_value (GHashTable *values, const GwFieldSpec *field, const GwTypeSpec *type)
{
  const char *text = "1";

  if ((field->flags & GW_FIELD_REQUIRED) == 0)
    return;
  if (field->kind == GW_FIELD_CODE || field->kind == GW_FIELD_CODES)
    {
      const GwCodeListSpec *list = gw_type_spec_find_list (type, field->target);
      const GwCodeSpec *code = g_ptr_array_index (list->codes, list->codes->len - 1);

      text = code->code;
    }
  else if (field->kind == GW_FIELD_DATE)
    text = "2022-12-30";
  else if (field->kind == GW_FIELD_TEXT || field->kind == GW_FIELD_LONGTEXT)
    text = "几句说明文字";
  g_hash_table_insert (values, g_strdup (field->id), g_strdup (text));
}

gint64
frame_harness_submit (GwSession *session, const char *title)
{
  g_autoptr (GwIntake) intake = gw_intake_new ("risk.dispute/dispute");
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = NULL;
  const GwTypeSpec *type = gw_session_find_type (session, intake->type);
  const GwArea *root = gw_area_tree_root (gw_session_get_areas (session));
  g_autoptr (GArray) leaves = gw_area_tree_leaves (gw_session_get_areas (session), root->id);

  g_assert_nonnull (type);
  intake->title = g_strdup (title);
  intake->summary = g_strdup ("双方就费用标准各执一词，请求调解");
  intake->source = g_strdup ("visit");
  intake->address = g_strdup ("某街某号");
  intake->level = 1;
  intake->urgency = GW_URGENCY_NORMAL;
  intake->severity = GW_SEVERITY_GENERAL;
  intake->sensitivity = GW_SENSITIVITY_INTERNAL;
  intake->precision = GW_PRECISION_GRID;
  intake->area = g_array_index (leaves, guint32, 0);
  if (intake->values == NULL)
    intake->values = gw_values_new ();
  for (guint i = 0; i < type->fields->len; i++)
    add_value (intake->values, g_ptr_array_index (type->fields, i), type);
  matter = gw_session_submit_sync (session, intake, &error);
  g_assert_no_error (error);
  return matter->id;
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
frame_harness_wait (FrameFunc is_done, gpointer data)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (LIMIT_SECONDS, late_cb, &late);

  while (!is_done (data) && !late)
    (void)g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  (void)g_source_remove (source);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

void
frame_harness_finalize (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  frame_harness_wait (is_gone, &object);
}

void
frame_harness_settle (void)
{
  while (g_main_context_pending (NULL))
    (void)g_main_context_iteration (NULL, FALSE);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      (void)g_unlink (file);
    }
  (void)g_rmdir (path);
}

void
frame_harness_finish (void)
{
  remove_folder (folder ());
}
