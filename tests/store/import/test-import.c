/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file comes in as one batch, goes out again, or leaves no trace: gw-import-writer and
 * gw-verdicts behind the façade. */
#include "import-rig.h"

#include "gw-error.h"
#include "gw-external-number.h"
#include "gw-session-private.h"

#include <string.h>

#define ROW(n, rest) "RX" n ",漏水,多次漏水至楼下," rest "\n"
#define GOOD "邻里纠纷,2人,热线,一般,2022-12-26 08:55,和平西路社区42号,,105.581783,30.505015"
#define BY_CODE "物业,3-9人,网格,紧急,2023-01-02,某小区,510903001001,,"

static char *
read_sample (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "..", "plugins",
                                                 "risk-dispute", "tests", "sample.csv", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* ---- encodings ---- */

static void
test_encodings (Rig *self, gconstpointer unused)
{
  static const struct
  {
    const char *charset, *mark, *format;
    gsize mark_bytes;
  } cases[] = {
    { "UTF-8", "", "CSV, UTF-8", 0 },
    { "UTF-8", "\xef\xbb\xbf", "CSV, UTF-8", 3 },
    { "GB18030", "", "CSV, GB18030", 0 },
    { "UTF-16LE", "\xff\xfe", "CSV, UTF-16LE", 2 },
    { "UTF-16BE", "\xfe\xff", "CSV, UTF-16BE", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *path = NULL, *place = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GwImportPlan) plan = NULL;
      gsize length;

      g_byte_array_append (bytes, (const guint8 *)cases[i].mark, (guint)cases[i].mark_bytes);
      text = g_convert (RIG_HEADER ROW ("1", GOOD) ROW ("2", BY_CODE), -1, cases[i].charset,
                        "UTF-8", NULL, &length, NULL);
      g_byte_array_append (bytes, (const guint8 *)text, (guint)length);
      path = rig_write (self, "encoded.csv", (const char *)bytes->data, bytes->len);
      plan = rig_plan (self, path);
      g_assert_true (g_str_has_prefix (gw_import_plan_get_format (plan), cases[i].format));
      g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 2);
      place = rig_place (plan, 0);
      g_assert_nonnull (strstr (place, "和平西路社区"));
    }
}

/* GB18030 whose bytes happen to be UTF-8 as well is read wrongly until somebody says what it is. */
static void
test_chosen_encoding (Rig *self, gconstpointer unused)
{
  static const struct
  {
    const char *id, *charset, *format;
  } cases[] = {
    { "gb18030", "GB18030", "CSV, GB18030" },
    { "UTF-8", "UTF-8", "CSV, UTF-8" },
    { "utf-16", "UTF-16LE", "CSV, UTF-16LE" },
    { "utf-16be", "UTF-16BE", "CSV, UTF-16BE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwImportChoice choice = { .encoding = cases[i].id };
      g_autoptr (GError) error = NULL;
      g_autoptr (GwImportPlan) plan = NULL;
      g_autofree char *text = NULL, *path = NULL;
      gsize length;

      text = g_convert (RIG_HEADER ROW ("1", GOOD), -1, cases[i].charset, "UTF-8", NULL, &length,
                        NULL);
      path = rig_write (self, "chosen.csv", text, (gssize)length);
      plan = gw_session_plan_import_sync (self->session, path, RIG_TYPE, &choice, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (gw_import_plan_get_format (plan), cases[i].format));
      g_assert_true (g_str_has_prefix (gw_import_plan_get_encoding (plan), i == 1   ? "utf-8"
                                                                           : i == 2 ? "utf-16le"
                                                                                    : cases[i].id));
      g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 1);
    }
}

static void
test_wrong_choice (Rig *self, gconstpointer unused)
{
  const GwImportChoice unknown = { .encoding = "ebcdic" };
  const GwImportChoice wrong = { .encoding = "utf-16be" };
  g_autofree char *path = rig_write (self, "plain.csv", RIG_HEADER ROW ("1", GOOD), -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwImportPlan) plan = NULL;

  g_assert_null (gw_session_plan_import_sync (self->session, path, RIG_TYPE, &unknown, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_clear_error (&error);
  plan = gw_session_plan_import_sync (self->session, path, RIG_TYPE, &wrong, &error);
  g_assert_true (plan == NULL || gw_import_plan_n_verdict (plan, GW_ROW_GOOD) == 0);
}

/* ---- taking in and back ---- */

static gint64
commit (Rig *self, GwImportPlan *plan, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint n_rows, n_refused;
  gint64 batch = gw_session_commit_import_sync (self->session, plan, &n_rows, &n_refused, &error);

  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  g_assert_cmpuint (n_rows, ==, expected);
  return batch;
}

static GwMatter *
first_of_batch (Rig *self, gint64 batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GwMatterView) view = NULL;

  filter->batch = batch;
  filter->sort = GW_SORT_NUMBER_ASC;
  selection = gw_session_select_sync (self->session, filter, &error);
  g_assert_no_error (error);
  g_assert_cmpint (selection->n, >, 0);
  view = gw_session_view_sync (self->session, selection->ids[0], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (view->events->len, ==, 1);
  return g_steal_pointer (&view->matter);
}

/* ---- what the file did not know ---- */

static gboolean
try_verb (Rig *self, GwVerbRequest *request, GError **error)
{
  g_autoptr (GwMatter) matter = gw_session_apply_sync (self->session, request, error);

  gw_verb_request_free (request);
  return matter != NULL;
}

/* A row without a value that its kind requires comes in, but is not filed before somebody fills it
 * in. */
static void
test_filled_in_later (Rig *self, gconstpointer unused)
{
  g_autoptr (GwImportPlan) plan =
      rig_plan_text (self, "标题,纠纷类型,社区代码\n漏水,邻里纠纷,510903001001\n");
  g_autoptr (GwMatter) matter = first_of_batch (self, commit (self, plan, 1));
  g_autoptr (GError) error = NULL;
  GwVerbRequest *request = gw_verb_request_new (matter->id, GW_VERB_CORRECT);

  rig_sit_down (self, GW_ROLE_DISPATCHER);
  g_assert_false (try_verb (self, gw_verb_request_new (matter->id, GW_VERB_FILE), &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "People involved"));
  g_clear_error (&error);

  request->changes = gw_values_new ();
  request->reason = g_strdup ("电话核实后补充人数");
  g_hash_table_insert (request->changes, g_strdup ("persons_band"), g_strdup ("b3_9"));
  try_verb (self, request, &error);
  g_assert_no_error (error);
  try_verb (self, gw_verb_request_new (matter->id, GW_VERB_FILE), &error);
  g_assert_no_error (error);
}

static void
test_commit (Rig *self, gconstpointer unused)
{
  guint before = rig_count (self);
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, RIG_HEADER ROW ("1", GOOD) ROW ("2", BY_CODE)
                                                           ROW ("3", "不知道,,,,,,,,"));
  g_autoptr (GwMatter) matter = NULL;
  gint64 batch;

  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 1);
  g_assert_cmpuint (rig_count (self), ==, before);
  batch = commit (self, plan, 2);
  g_assert_cmpuint (rig_count (self), ==, before + 2);
  matter = first_of_batch (self, batch);
  g_assert_cmpstr (matter->title, ==, "漏水");
  g_assert_cmpstr (matter->source, ==, "hotline");
  g_assert_cmpstr (g_hash_table_lookup (matter->values, "dtype"), ==, "neighbour");
  g_assert_cmpstr (g_hash_table_lookup (matter->values, "persons_band"), ==, "b2");
  g_assert_true (matter->has_point);
  g_assert_cmpint (matter->x, ==, 1055817830);
  /* 2022-12-26 08:55 in China */
  g_assert_cmpint (matter->reported, ==, G_GINT64_CONSTANT (1672016100));
  g_assert_cmpint (matter->due, >, matter->reported);
  g_assert_true (g_str_has_prefix (matter->number, "510903-DIS-2022-"));
  rig_assert_sound (self);
}

/* A place leads the address and finds the area where nothing else does; a note stands in the
 * timeline. */
static void
test_place_and_note (Rig *self, gconstpointer unused)
{
  g_autoptr (GwImportPlan) plan =
      rig_plan_text (self,
                     "标题,诉求内容,纠纷类型,涉及人数,受理时间,地址,场所名称,备注\n"
                     "漏水,多次漏水至楼下,邻里纠纷,2人,2022-12-26 08:55,3栋2单元,"
                     "和平西路社区,来电人要求先看现场\n"
                     "漏水,多次漏水至楼下,邻里纠纷,2人,2022-12-27 08:55,3栋2单元,没有的地方,\n");
  g_autofree char *place = rig_place (plan, 0);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GwMatterView) view = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (place, "和平西路社区"));
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 1);
  matter = first_of_batch (self, commit (self, plan, 1));
  g_assert_cmpstr (matter->address, ==, "和平西路社区 3栋2单元");
  g_assert_cmpuint (matter->area, >, 0);
  view = gw_session_view_sync (self->session, matter->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((GwEvent *)g_ptr_array_index (view->events, 0))->reason, ==,
                   "来电人要求先看现场");
  rig_assert_sound (self);
}

static void
check_batch (Rig *self, gint64 batch, guint n_rows, guint n_refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches =
      gw_store_list_batches (gw_session_get_store (self->session), &error);
  const GwBatch *found;

  g_assert_no_error (error);
  found = g_ptr_array_index (batches, 0);
  g_assert_cmpint (found->id, ==, batch);
  g_assert_cmpuint (found->n_rows, ==, n_rows);
  g_assert_cmpuint (found->n_refused, ==, n_refused);
  g_assert_cmpuint (strlen (found->sha256), ==, 64);
  g_assert_cmpstr (found->file_name, ==, "table.csv");
}

static void
test_undo (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sample = read_sample ();
  guint before = rig_count (self), withdrawn = 0, touched = 0;
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, sample);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GwMatter) noted = NULL;
  g_autoptr (GwVerbRequest) note = NULL;
  gint64 batch = commit (self, plan, 120);

  check_batch (self, batch, 120, 0);
  rig_assert_sound (self);
  /* What somebody has worked on stays. */
  matter = first_of_batch (self, batch);
  note = gw_verb_request_new (matter->id, GW_VERB_NOTE);
  note->note = g_strdup ("已电话联系社区了解情况");
  noted = gw_session_apply_sync (self->session, note, &error);
  g_assert_no_error (error);
  g_assert_true (gw_session_undo_batch_sync (self->session, batch, &withdrawn, &touched, &error));
  g_assert_cmpuint (withdrawn, ==, 119);
  g_assert_cmpuint (touched, ==, 1);
  g_assert_cmpuint (rig_count (self), ==, before + 1);
  rig_assert_sound (self);
}

static void
assert_known (Rig *self, const char *source, const char *external, gboolean known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwExternalNumbers) numbers = NULL;
  g_autofree char *number = NULL;
  GPtrArray *types = gw_session_get_types (self->session);
  guint32 type = 1;

  while (g_ptr_array_index (types, type) != gw_session_find_type (self->session, RIG_TYPE))
    type++;
  numbers = gw_external_numbers_open (gw_session_get_store (self->session), type, &error);
  g_assert_no_error (error);
  g_assert_true (gw_external_numbers_has_any (numbers));
  g_assert_true (gw_external_numbers_find (numbers, source, external, &number, &error));
  g_assert_cmpint (number != NULL, ==, known);
}

/* Lists overlap: what came in with the last one is known by the sender's number, as long as it was
 * not taken back. The same number of another channel is another matter. */
static void
test_known_rows (Rig *self, gconstpointer unused)
{
  const char *second = RIG_HEADER ROW ("2", BY_CODE) ROW ("3", GOOD) ROW ("1", BY_CODE);
  g_autoptr (GwImportPlan) first =
      rig_plan_text (self, RIG_HEADER ROW ("1", GOOD) ROW ("2", BY_CODE));
  gint64 batch = commit (self, first, 2);
  g_autoptr (GError) error = NULL;
  guint withdrawn, touched;

  assert_known (self, "hotline", "RX1", TRUE);
  assert_known (self, "grid", "RX1", FALSE);
  assert_known (self, "hotline", "RX", FALSE);
  {
    g_autoptr (GwImportPlan) plan = rig_plan_text (self, second);
    g_autofree char *told = rig_problems (plan, 0);

    g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 1);
    g_assert_nonnull (strstr (told, "510903-DIS-2023-"));
    (void)commit (self, plan, 2);
    rig_assert_sound (self);
  }
  g_assert_true (gw_session_undo_batch_sync (self->session, batch, &withdrawn, &touched, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (withdrawn, ==, 2);
  assert_known (self, "hotline", "RX1", FALSE);
  {
    g_autoptr (GwImportPlan) plan = rig_plan_text (self, second);

    g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 2);
    (void)commit (self, plan, 1);
  }
}

static void
test_known_file (Rig *self, gconstpointer unused)
{
  const char *text = RIG_HEADER ROW ("1", GOOD);
  g_autoptr (GwImportPlan) first = rig_plan_text (self, text);
  g_autoptr (GwImportPlan) again = NULL;
  GPtrArray *problems;
  const GwRowProblem *last;

  commit (self, first, 1);
  again = rig_plan_text (self, text);
  problems = gw_import_plan_get_file_problems (again);
  g_assert_cmpuint (problems->len, >, 0);
  last = g_ptr_array_index (problems, problems->len - 1);
  g_assert_nonnull (strstr (last->message, "taken in already"));
}

/* ---- cancelling ---- */

#define MANY 30000u

typedef struct
{
  GCancellable *cancellable;
  gboolean done;
  GError *error;
  gint64 batch;
} Cancel;

static void
progress_cb (double fraction, gpointer data)
{
  Cancel *cancel = data;

  if (fraction > 0)
    g_cancellable_cancel (cancel->cancellable);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Cancel *cancel = data;

  cancel->batch =
      gw_session_commit_import_finish (GW_SESSION (source), result, NULL, NULL, &cancel->error);
  cancel->done = TRUE;
}

static void
test_cancel (Rig *self, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new (RIG_HEADER);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GwImportPlan) plan = NULL;
  Cancel cancel = { .cancellable = cancellable };
  guint before = rig_count (self);

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "RX%u,漏水,多次," BY_CODE "\n", i);
  plan = rig_plan_text (self, text->str);
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, MANY);
  gw_session_commit_import_async (self->session, plan, progress_cb, &cancel, cancellable,
                                  committed_cb, &cancel);
  while (!cancel.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (cancel.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (strstr (cancel.error->message, "withdrawn"));
  g_assert_cmpint (cancel.batch, ==, 0);
  g_clear_error (&cancel.error);
  g_assert_cmpuint (rig_count (self), ==, before);
  rig_assert_sound (self);
}

/* ---- somebody at the desk meanwhile ---- */

static void
note_once (Rig *self, gint64 matter, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwVerbRequest) request = gw_verb_request_new (matter, GW_VERB_NOTE);
  g_autoptr (GwMatter) noted = NULL;

  request->note = g_strdup_printf ("第 %u 次联系承办单位", n);
  noted = gw_session_apply_sync (self->session, request, &error);
  g_assert_no_error (error);
}

static void
test_edits_meanwhile (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (RIG_HEADER);
  g_autoptr (GwImportPlan) first = rig_plan_text (self, RIG_HEADER ROW ("0", GOOD));
  g_autoptr (GwImportPlan) plan = NULL;
  g_autoptr (GwMatter) matter = first_of_batch (self, commit (self, first, 1));
  g_autoptr (GwMatterView) view = NULL;
  Cancel cancel = { 0 };
  guint before = rig_count (self), n = 0;

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "RX%u,漏水,多次," BY_CODE "\n", i);
  plan = rig_plan_text (self, text->str);
  gw_session_commit_import_async (self->session, plan, NULL, NULL, NULL, committed_cb, &cancel);
  while (!cancel.done)
    {
      note_once (self, matter->id, n++);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (cancel.error);
  g_assert_cmpint (cancel.batch, >, 0);
  g_assert_cmpuint (rig_count (self), ==, before + MANY);
  view = gw_session_view_sync (self->session, matter->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (view->events->len, ==, 1 + n);
  g_test_message ("%u edits beside %u rows", n, MANY);
  rig_assert_sound (self);
}

static void
test_cancelled_before (Rig *self, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, RIG_HEADER ROW ("1", GOOD));
  Cancel cancel = { .cancellable = cancellable };
  gint64 seq = gw_store_last_seq (gw_session_get_store (self->session));

  g_cancellable_cancel (cancellable);
  gw_session_commit_import_async (self->session, plan, NULL, NULL, cancellable, committed_cb,
                                  &cancel);
  while (!cancel.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (cancel.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancel.error);
  g_assert_cmpint (gw_store_last_seq (gw_session_get_store (self->session)), ==, seq);
}

/* ---- what leaves no trace ---- */

static char *
digest_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

static void
test_malformed (Rig *self, gconstpointer unused)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  const struct
  {
    const char *name, *bytes;
    gssize length;
    const char *message;
  } cases[] = {
    { "empty.csv", "", 0, "empty" },
    { "only-header.csv", RIG_HEADER, -1, "no row" },
    { "page.xls", "<html><body><table><tr><td>标题</td></tr></table></body></html>", -1,
      "web page" },
    { "old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on, a real workbook of 1997", -1,
      "old .xls" },
    { "broken.xlsx", "PK\003\004 this is no archive at all, whatever it says", -1, "archive" },
    { "wide.csv", NULL, -1, "columns" },
  };
  g_autofree char *before = NULL;
  gint64 seq = gw_store_last_seq (gw_session_get_store (self->session));

  for (guint i = 0; i < 200000; i++)
    g_string_append (wide, "列,");
  g_string_append (wide, "\n1,2\n");
  before = digest_file (self->path);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *bytes = cases[i].bytes != NULL ? cases[i].bytes : wide->str;
      g_autofree char *path = rig_write (self, cases[i].name, bytes, cases[i].length);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      if (gw_session_plan_import_sync (self->session, path, RIG_TYPE, NULL, &error) != NULL)
        g_error ("%s was read", cases[i].name);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("%s: %s", cases[i].name, error->message);
      after = digest_file (self->path);
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (gw_store_last_seq (gw_session_get_store (self->session)), ==, seq);
    }
}

static void
test_role (Rig *self, gconstpointer unused)
{
  g_autofree char *path = rig_write (self, "table.csv", RIG_HEADER ROW ("1", GOOD), -1);
  g_autoptr (GwImportPlan) plan = rig_plan (self, path);
  g_autoptr (GError) error = NULL;

  rig_sit_down (self, GW_ROLE_AUDITOR);
  g_assert_null (gw_session_plan_import_sync (self->session, path, RIG_TYPE, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (gw_session_commit_import_sync (self->session, plan, NULL, NULL, &error), ==, 0);
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
}

static void
test_nothing_good (Rig *self, gconstpointer unused)
{
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, RIG_HEADER ROW ("1", "不知道,,,,,,,,"));
  g_autoptr (GError) error = NULL;
  gint64 seq = gw_store_last_seq (gw_session_get_store (self->session));

  g_assert_cmpint (gw_session_commit_import_sync (self->session, plan, NULL, NULL, &error), ==, 0);
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_cmpint (gw_store_last_seq (gw_session_get_store (self->session)), ==, seq);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/import/encodings", test_encodings);
  RIG_ADD ("/import/filled-in-later", test_filled_in_later);
  RIG_ADD ("/import/commit", test_commit);
  RIG_ADD ("/import/chosen-encoding", test_chosen_encoding);
  RIG_ADD ("/import/wrong-choice", test_wrong_choice);
  RIG_ADD ("/import/place-and-note", test_place_and_note);
  RIG_ADD ("/import/undo", test_undo);
  RIG_ADD ("/import/known-rows", test_known_rows);
  RIG_ADD ("/import/known-file", test_known_file);
  RIG_ADD ("/import/cancel", test_cancel);
  RIG_ADD ("/import/edits-meanwhile", test_edits_meanwhile);
  RIG_ADD ("/import/cancelled-before", test_cancelled_before);
  RIG_ADD ("/import/malformed", test_malformed);
  RIG_ADD ("/import/role", test_role);
  RIG_ADD ("/import/nothing-good", test_nothing_good);
  return rig_run (argc, argv);
}
