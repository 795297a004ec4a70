/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

static void
test_round_trip (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = NULL;
  gint64 id = fixture_insert (self, 0);

  fixture_reopen (self);
  matter = gw_store_get_matter (self->store, &self->program, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (matter->number, ==, "510903-DIS-2026-000001");
  g_assert_cmpuint (strlen (matter->case_code), ==, GW_CASE_CODE_LENGTH);
  g_assert_cmpstr (matter->title, ==, "物业纠纷 0");
  g_assert_cmpstr (matter->address, ==, "介福路 1 号");
  g_assert_cmpint (matter->x, ==, 1055700000);
  g_assert_cmpuint (matter->area, ==, 16);
  g_assert_cmpuint (matter->town, ==, 2);
  g_assert_cmpuint (matter->comm, ==, 4);
  g_assert_cmpuint (matter->rev, ==, 1);
  g_assert_true (matter->has_point);
  g_assert_cmpint (matter->due, ==, 0);
  g_assert_cmpuint (g_hash_table_size (matter->values), ==, 5);
  g_assert_cmpstr (g_hash_table_lookup (matter->values, "people"), ==, "3");
  g_assert_cmpstr (g_hash_table_lookup (matter->values, "amount"), ==, "1200.5");
  g_assert_cmpstr (g_hash_table_lookup (matter->values, "since"), ==, "2026-03-17");
}

static void
test_numbers (Fixture *self, gconstpointer unused)
{
  const guint days[] = { 0, 0, 399, 399, 0 };
  const char *expected[] = { "510903-DIS-2026-000001", "510903-DIS-2026-000002",
                             "510903-DIS-2025-000001", "510903-DIS-2025-000002",
                             "510903-DIS-2026-000003" };

  for (guint i = 0; i < G_N_ELEMENTS (days); ++i)
    {
      g_autoptr (GwMatter) matter = NULL;
      gint64 id;

      if (i == 4)
        fixture_reopen (self);
      id = fixture_insert (self, days[i]);
      matter = gw_store_get_matter (self->store, &self->program, id, NULL);
      g_assert_cmpstr (matter->number, ==, expected[i]);
    }
}

static gboolean
insert_then_fail_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwMatter) matter = fixture_matter (data, 0);

  return fixture_insert_in (tx, matter, error) &&
         gw_throw (error, GW_ERROR_REFUSED, "changed my mind");
}

static void
test_rollback (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = NULL;
  gint64 seq = gw_store_last_seq (self->store), id;

  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program, insert_then_fail_cb,
                                  self, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_assert_cmpint (gw_store_last_seq (self->store), ==, seq);
  /* Neither number nor id were used up. */
  id = fixture_insert (self, 0);
  g_assert_cmpint (id, ==, 1);
  matter = gw_store_get_matter (self->store, &self->program, id, NULL);
  g_assert_cmpstr (matter->number, ==, "510903-DIS-2026-000001");
  fixture_assert_sound (self->store);
}

static gboolean
insert_without_entry_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwMatter) matter = fixture_matter (data, 0);

  return gw_tx_insert_matter (tx, matter, error);
}

static void
test_no_change_without_entry (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program,
                                  insert_without_entry_cb, self, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (gw_store_get_matter (self->store, &self->program, 1, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
}

typedef struct
{
  GwMatter *before, *after;
} Pair;

static gboolean
update_cb (GwTx *tx, gpointer data, GError **error)
{
  Pair *pair = data;
  GwEvent event = { 0 };

  event.matter = pair->before->id;
  event.verb = GW_VERB_CORRECT;
  event.from = event.to = pair->after->state;
  return gw_tx_update_matter (tx, pair->before, pair->after, error) &&
         gw_tx_append_event (tx, &event, error);
}

static void
test_update (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_insert (self, 0);
  g_autoptr (GwMatter) before = gw_store_get_matter (self->store, &self->program, id, NULL);
  g_autoptr (GwMatter) after = gw_matter_copy (before);
  g_autoptr (GwMatter) read = NULL;
  Pair pair = { before, after };

  g_free (after->title);
  after->title = g_strdup ("改过的标题");
  after->has_point = FALSE;
  after->area = 31;
  g_hash_table_insert (after->values, g_strdup ("people"), g_strdup ("12"));
  g_hash_table_remove (after->values, "wish");
  gw_store_write (self->store, GW_LANE_VERB, &self->program, update_cb, &pair, NULL, &error);
  g_assert_no_error (error);
  read = gw_store_get_matter (self->store, &self->program, id, &error);
  g_assert_cmpstr (read->title, ==, "改过的标题");
  g_assert_false (read->has_point);
  g_assert_cmpuint (read->town, ==, 3);
  g_assert_cmpuint (read->comm, ==, 7);
  g_assert_cmpuint (read->rev, ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (read->values, "people"), ==, "12");
  g_assert_null (g_hash_table_lookup (read->values, "wish"));

  /* The same change again stands on the old revision. */
  g_assert_false (
      gw_store_write (self->store, GW_LANE_VERB, &self->program, update_cb, &pair, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_STALE);
  g_assert_cmpint (gw_store_check_counters (self->store, NULL), ==, 0);
}

static void
test_vault_is_refused (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_insert (self, 0);
  g_autoptr (GwMatter) before = gw_store_get_matter (self->store, &self->program, id, NULL);
  g_autoptr (GwMatter) after = gw_matter_copy (before);
  Pair pair = { before, after };

  g_hash_table_insert (after->values, g_strdup ("phone"), g_strdup ("1"));
  g_assert_false (
      gw_store_write (self->store, GW_LANE_VERB, &self->program, update_cb, &pair, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_hash_table_remove (after->values, "phone");
  g_hash_table_insert (after->values, g_strdup ("nonsense"), g_strdup ("1"));
  g_assert_false (
      gw_store_write (self->store, GW_LANE_VERB, &self->program, update_cb, &pair, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
}

static void
test_find (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 first = fixture_insert (self, 0), second = fixture_insert (self, 1);
  g_autoptr (GwMatter) matter = gw_store_get_matter (self->store, &self->program, second, NULL);
  g_autofree char *spoken = g_strdup_printf ("%.4s-%s", matter->case_code, matter->case_code + 4);
  g_autofree char *lower = g_ascii_strdown (matter->number, -1);

  g_assert_cmpint (gw_store_find_matter (self->store, matter->number, &error), ==, second);
  g_assert_cmpint (gw_store_find_matter (self->store, lower, &error), ==, second);
  g_assert_cmpint (gw_store_find_matter (self->store, spoken, &error), ==, second);
  g_assert_cmpint (gw_store_find_matter (self->store, " 1 ", &error), ==, first);
  g_assert_no_error (error);
  g_assert_cmpint (gw_store_find_matter (self->store, "510903-DIS-2026-000099", &error), ==, 0);
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
}

static void
test_rows (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 ids[3] = { 0, 99, 0 };
  const GwMatter *row;

  ids[0] = fixture_insert (self, 3);
  ids[2] = fixture_insert (self, 4);
  rows = gw_store_get_rows (self->store, &self->program, ids, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_null (g_ptr_array_index (rows, 1));
  row = g_ptr_array_index (rows, 2);
  g_assert_cmpint (row->id, ==, ids[2]);
  g_assert_cmpuint (g_hash_table_size (row->values), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (row->values, "people"), ==, "3");
}

static gboolean
note_cb (GwTx *tx, gpointer data, GError **error)
{
  GwAssignment assignment = { 0 };
  GwClockRow clock = { 0 };
  GwEvent event = { 0 };

  assignment.matter = *(gint64 *)data;
  assignment.org = 2;
  assignment.part = 1;
  assignment.sent = gw_tx_now (tx);
  clock.matter = assignment.matter;
  clock.kind = GW_CLOCK_ACCEPT;
  clock.unit = GW_UNIT_WORKING_HOUR;
  clock.outcome = GW_OUTCOME_RUNNING;
  clock.n = 2;
  clock.start = gw_tx_now (tx);
  clock.due = clock.start + 7200;
  event.matter = assignment.matter;
  event.verb = GW_VERB_NOTE;
  event.from = event.to = GW_STATE_REPORTED;
  event.reason = (char *)"到场了解情况";
  if (!gw_tx_put_assignment (tx, &assignment, error) || !gw_tx_put_clock (tx, &clock, error))
    return FALSE;
  clock.outcome = GW_OUTCOME_MET;
  clock.stop = clock.start + 60;
  assignment.accepted = clock.stop;
  return gw_tx_put_clock (tx, &clock, error) && gw_tx_put_assignment (tx, &assignment, error) &&
         gw_tx_add_visit (tx, assignment.matter, "phone", "satisfied", "yes", NULL, error) &&
         gw_tx_add_document (tx, assignment.matter, "notice", "N-1", "受理告知书", error) &&
         gw_tx_append_event (tx, &event, error) &&
         (gw_tx_count_events (tx, assignment.matter, GW_VERB_NOTE, error) == 1 ||
          gw_throw (error, GW_ERROR_FAILED, "one note was written"));
}

static void
test_parts (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_insert (self, 0);
  g_autoptr (GPtrArray) assignments = NULL, events = NULL;
  g_autoptr (GArray) clocks = NULL;
  const GwAssignment *assignment;
  const GwEvent *event;

  gw_store_write (self->store, GW_LANE_VERB, &self->program, note_cb, &id, NULL, &error);
  g_assert_no_error (error);
  assignments = gw_store_list_assignments (self->store, id, &error);
  g_assert_cmpuint (assignments->len, ==, 1);
  assignment = g_ptr_array_index (assignments, 0);
  g_assert_cmpuint (assignment->org, ==, 2);
  g_assert_cmpint (assignment->accepted, ==, FIXTURE_NOW + 60);
  clocks = gw_store_list_clocks (self->store, id, &error);
  g_assert_cmpuint (clocks->len, ==, 1);
  g_assert_cmpint (g_array_index (clocks, GwClockRow, 0).outcome, ==, GW_OUTCOME_MET);
  events = gw_store_list_events (self->store, &self->program, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 2);
  event = g_ptr_array_index (events, 1);
  g_assert_cmpstr (event->reason, ==, "到场了解情况");
  g_assert_cmpuint (strlen (event->hash), ==, 64);
  fixture_assert_sound (self->store);
}

static gboolean
extend_type_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  GwFieldSpec *field = gw_field_spec_new ();
  guint32 number = 0;

  field->id = g_strdup ("select");
  field->label = g_strdup ("a word of SQL");
  field->kind = GW_FIELD_BOOL;
  field->privacy = GW_CLASS_OPEN;
  g_ptr_array_add (type->fields, field);
  type->version = 2;
  return gw_tx_put_type (tx, type, &number, error) &&
         (number == *(guint32 *)data || gw_throw (error, GW_ERROR_FAILED, "the number changed"));
}

static gboolean
change_kind_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  GwFieldSpec *field = g_ptr_array_index (type->fields, 0);
  guint32 number = 0;

  field->kind = GW_FIELD_TEXT;
  return gw_tx_put_type (tx, type, &number, error);
}

static gboolean
hostile_type_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  GwFieldSpec *field = g_ptr_array_index (type->fields, 0);
  guint32 number = 0;

  g_free (field->id);
  field->id = g_strdup ("a\" INTEGER); DROP TABLE event; --");
  return gw_tx_put_type (tx, type, &number, error);
}

static void
test_types (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = NULL;
  gint64 id = fixture_insert (self, 0);
  g_autoptr (GwMatter) before = NULL, after = NULL, read = NULL;
  const GwTypeSpec *type;
  Pair pair;

  gw_store_write (self->store, GW_LANE_VERB, &self->program, extend_type_cb, &self->type, NULL,
                  &error);
  g_assert_no_error (error);
  types = gw_store_load_types (self->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (types->len, ==, self->type + 1);
  g_assert_null (g_ptr_array_index (types, 0));
  type = g_ptr_array_index (types, self->type);
  g_assert_cmpstr (type->key, ==, FIXTURE_TYPE);
  g_assert_cmpuint (type->version, ==, 2);
  g_assert_false (type->loaded);

  before = gw_store_get_matter (self->store, &self->program, id, NULL);
  after = gw_matter_copy (before);
  g_hash_table_insert (after->values, g_strdup ("select"), g_strdup ("1"));
  pair = (Pair){ before, after };
  gw_store_write (self->store, GW_LANE_VERB, &self->program, update_cb, &pair, NULL, &error);
  g_assert_no_error (error);
  read = gw_store_get_matter (self->store, &self->program, id, NULL);
  g_assert_cmpstr (g_hash_table_lookup (read->values, "select"), ==, "1");

  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program, change_kind_cb, NULL,
                                  NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program, hostile_type_cb, NULL,
                                  NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  fixture_assert_sound (self->store);
}

static gboolean
move_area_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new ();
  GwArea *area = data;

  g_ptr_array_add (areas, area);
  return gw_tx_put_areas (tx, areas, error);
}

static void
test_area_moves (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_insert (self, 0);
  g_autoptr (GwAreaTree) tree = gw_store_load_areas (self->store, &error);
  GwArea community = *gw_area_tree_get (tree, 4);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GwAreaTree) moved = NULL;

  community.parent = 3;
  gw_store_write (self->store, GW_LANE_VERB, &self->program, move_area_cb, &community, NULL,
                  &error);
  g_assert_no_error (error);
  matter = gw_store_get_matter (self->store, &self->program, id, NULL);
  g_assert_cmpuint (matter->town, ==, 3);
  g_assert_cmpuint (matter->comm, ==, 4);
  moved = gw_store_load_areas (self->store, &error);
  g_assert_cmpuint (gw_area_tree_get (moved, 4)->parent, ==, 3);
}

static void
test_drafts (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GwActor intake = fixture_actor (GW_ROLE_INTAKE, 1, 0);
  GwActor other = fixture_actor (GW_ROLE_DISPATCHER, 1, 0);
  g_autoptr (GPtrArray) mine = NULL, others = NULL, none = NULL;
  const GwDraft *draft;
  gint64 id = 0;

  g_assert_true (gw_store_save_draft (self->store, &intake, &id, "intake", "一", &error));
  g_assert_cmpint (id, >, 0);
  g_assert_true (gw_store_save_draft (self->store, &intake, &id, "intake", "二", &error));
  g_assert_false (gw_store_save_draft (self->store, &other, &id, "intake", "三", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_reopen (self);
  mine = gw_store_list_drafts (self->store, &intake, &error);
  g_assert_cmpuint (mine->len, ==, 1);
  draft = g_ptr_array_index (mine, 0);
  g_assert_cmpstr (draft->payload, ==, "二");
  others = gw_store_list_drafts (self->store, &other, &error);
  g_assert_cmpuint (others->len, ==, 0);
  g_assert_true (gw_store_drop_draft (self->store, &intake, id, &error));
  none = gw_store_list_drafts (self->store, &intake, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

static gboolean
calendar_cb (GwTx *tx, gpointer data, GError **error)
{
  return gw_tx_put_calendar (tx, data, error);
}

static void
test_reference (Fixture *self, gconstpointer unused)
{
  static const char csv[] = "date,kind,name\n2026-10-01,holiday,\"国庆节, 中秋节\"\n"
                            "2026-10-10,makeup,国庆节\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (csv, sizeof csv - 1);
  g_autoptr (GwCalendar) calendar = gw_calendar_new_from_csv (bytes, &error);
  g_autoptr (GwCalendar) read = NULL;
  g_autoptr (GPtrArray) orgs = gw_store_load_orgs (self->store, &error);
  g_autoptr (GPtrArray) accounts = gw_store_load_accounts (self->store, &error);
  g_autofree char *missing = gw_store_dup_meta (self->store, "nothing");
  const GwAccount *account;

  g_assert_no_error (error);
  gw_store_write (self->store, GW_LANE_VERB, &self->program, calendar_cb, calendar, NULL, &error);
  g_assert_no_error (error);
  read = gw_store_load_calendar (self->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gw_calendar_n_entries (read), ==, 2);
  g_assert_cmpstr (gw_calendar_day_name (read, gw_day_from_ymd (2026, 10, 1)), ==,
                   "国庆节, 中秋节");
  g_assert_cmpuint (orgs->len, ==, 4);
  g_assert_null (g_ptr_array_index (orgs, 0));
  account = g_ptr_array_index (accounts, GW_ROLE_VERIFIER + 1);
  g_assert_cmpuint (account->roles, ==, 1u << GW_ROLE_VERIFIER);
  g_assert_null (missing);
  g_assert_cmpstr (gw_store_centre_code (self->store), ==, "510903");
  g_assert_false (gw_store_is_demo (self->store));
}

typedef struct
{
  guint calls;
  gint64 first, last, matter;
  guint n;
} Seen;

static void
changed_cb (GwStore *store, const GwChange *change, gpointer data)
{
  Seen *seen = data;

  ++seen->calls;
  seen->first = change->first_seq;
  seen->last = change->last_seq;
  seen->n = change->n_matters;
  seen->matter = change->n_matters > 0 ? change->matters[0] : 0;
}

static void
test_change_is_told (Fixture *self, gconstpointer unused)
{
  Seen seen = { 0 };
  gint64 id;

  gw_store_set_change_func (self->store, changed_cb, &seen, NULL);
  id = fixture_insert (self, 0);
  g_assert_cmpuint (seen.calls, ==, 1);
  g_assert_cmpint (seen.first, ==, 1);
  g_assert_cmpint (seen.last, ==, 1);
  g_assert_cmpuint (seen.n, ==, 1);
  g_assert_cmpint (seen.matter, ==, id);
  g_assert_cmpint (gw_store_last_seq (self->store), ==, 1);
  gw_store_set_change_func (self->store, NULL, NULL, NULL);
}

static gboolean
attach_cb (GwTx *tx, gpointer data, GError **error)
{
  static const guint8 picture[] = { 0xff, 0xd8, 0, 1 };
  g_autoptr (GBytes) content = g_bytes_new_static (picture, sizeof picture);
  GwAttachment attachment = { 0 };
  gboolean done;

  attachment.matter = *(gint64 *)data;
  attachment.name = (char *)"现场.jpg";
  attachment.mime = (char *)"image/jpeg";
  attachment.kind = (char *)"before";
  if (gw_tx_add_attachment (tx, &attachment, content, NULL))
    return gw_throw (error, GW_ERROR_FAILED, "a picture with its place was taken");
  attachment.exif_removed = TRUE;
  done = gw_tx_add_attachment (tx, &attachment, content, error);
  attachment.restricted = TRUE;
  done = done && gw_tx_add_attachment (tx, &attachment, content, error);
  g_free (attachment.sha256);
  return done;
}

static void
test_attachments (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GwActor handler = fixture_actor (GW_ROLE_UNIT_HANDLER, 2, 0);
  g_autoptr (GPtrArray) all = NULL, shown = NULL;
  g_autoptr (GBytes) content = NULL;
  const GwAttachment *attachment;
  gint64 id = fixture_insert (self, 0);

  gw_store_write (self->store, GW_LANE_VERB, &self->program, attach_cb, &id, NULL, &error);
  g_assert_no_error (error);
  all = gw_store_list_attachments (self->store, &self->program, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  attachment = g_ptr_array_index (all, 1);
  content = gw_store_read_attachment (self->store, &self->program, attachment->id, &error);
  g_assert_cmpuint (g_bytes_get_size (content), ==, 4);
  g_assert_cmpint (attachment->size, ==, 4);
  shown = gw_store_list_attachments (self->store, &handler, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shown->len, ==, 1);
  g_assert_null (gw_store_read_attachment (self->store, &handler, attachment->id, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/store/matters/round-trip", test_round_trip);
  FIXTURE_ADD ("/store/matters/numbers", test_numbers);
  FIXTURE_ADD ("/store/matters/rollback", test_rollback);
  FIXTURE_ADD ("/store/matters/no-change-without-entry", test_no_change_without_entry);
  FIXTURE_ADD ("/store/matters/update", test_update);
  FIXTURE_ADD ("/store/matters/vault-is-refused", test_vault_is_refused);
  FIXTURE_ADD ("/store/matters/find", test_find);
  FIXTURE_ADD ("/store/matters/rows", test_rows);
  FIXTURE_ADD ("/store/matters/parts", test_parts);
  FIXTURE_ADD ("/store/matters/types", test_types);
  FIXTURE_ADD ("/store/matters/area-moves", test_area_moves);
  FIXTURE_ADD ("/store/matters/drafts", test_drafts);
  FIXTURE_ADD ("/store/matters/reference", test_reference);
  FIXTURE_ADD ("/store/matters/change-is-told", test_change_is_told);
  FIXTURE_ADD ("/store/matters/attachments", test_attachments);
  return g_test_run ();
}
