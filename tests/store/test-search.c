/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "gw-error.h"
#include "gw-text.h"
#include "reading-rig.h"

/* ---- the right answer, by reading everything ---- */

static gboolean
text_has (const char *text, const char *word)
{
  g_autofree char *folded = gw_text_fold (text);

  return strstr (folded, word) != NULL;
}

static gboolean
number_fits (const GwMatter *matter, const char *word)
{
  guint64 value = g_ascii_strtoull (word, NULL, 10);
  g_autofree char *seq = NULL;

  if (strspn (word, "0123456789") != strlen (word))
    return FALSE;
  seq = g_strdup_printf ("%06u",
                         (guint)g_ascii_strtoull (strrchr (matter->number, '-') + 1, NULL, 10));
  if (strlen (word) < 4)
    return g_ascii_strtoull (seq, NULL, 10) == value;
  return g_str_has_suffix (seq, word);
}

static gboolean
initials_fit (const GwMatter *matter, const char *word)
{
  if (strlen (word) < 2 || !g_ascii_isalpha (*word))
    return FALSE;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return FALSE;
  return gw_text_matches_initials (matter->title, word) ||
         gw_text_matches_initials (matter->address, word);
}

static gboolean
word_fits (const GwMatter *matter, const char *word)
{
  const char *note = matter->values != NULL ? g_hash_table_lookup (matter->values, "note") : NULL;

  return text_has (matter->title, word) || text_has (matter->summary, word) ||
         text_has (matter->address, word) || text_has (note, word) || number_fits (matter, word) ||
         initials_fit (matter, word);
}

static gboolean
has_word_character (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)) || g_utf8_get_char (p) >= 0x20000)
      return TRUE;
  return FALSE;
}

static GArray *
expected (Rig *rig, const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *folded = gw_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (gint64 id = 1; id < rig->matters->len; id++)
    {
      const GwMatter *matter = rig_get (rig, id);
      gboolean fits = matter != NULL;

      for (guint i = 0; fits && words[i] != NULL; i++)
        fits = !has_word_character (words[i]) || word_fits (matter, words[i]);
      if (fits)
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
assert_same (Rig *rig, const char *text)
{
  g_autoptr (GArray) right = expected (rig, text), found = rig_search (rig, &rig_program, text);

  if (right->len != found->len ||
      (right->len > 0 && memcmp (right->data, found->data, right->len * sizeof (gint64)) != 0))
    g_error ("\"%s\": %u are right, %u were found", text, right->len, found->len);
}

/* ---- random texts ---- */

static const char *const letters[] = { "物", "业", "纠", "纷", "消", "防", "通", "道",
                                       "堵", "𠀀", "长", "a",  "B",  "ａ", "1",  "２",
                                       "0",  "，", " ",  "-",  "。", "…" };

static char *
random_text (GRand *random, guint least, guint most)
{
  GString *text = g_string_new (NULL);

  for (gint n = g_rand_int_range (random, (gint)least, (gint)most + 1); n > 0; n--)
    g_string_append (text, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (text, FALSE);
}

static GwMatter *
random_matter (GRand *random)
{
  g_autofree char *title = random_text (random, 1, 12), *summary = random_text (random, 0, 30);
  GwMatter *matter = rig_matter (title, summary);

  matter->address = g_rand_boolean (random) ? random_text (random, 0, 8) : NULL;
  matter->type = g_rand_boolean (random) ? 1 : 2;
  matter->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_rand_boolean (random))
    g_hash_table_insert (matter->values, g_strdup ("note"), random_text (random, 1, 8));
  g_hash_table_insert (matter->values, g_strdup ("secret"), g_strdup ("隐秘"));
  g_hash_table_insert (matter->values, g_strdup ("plain"), g_strdup ("平常"));
  return matter;
}

static void
put_random (Rig *rig, GRand *random, guint n)
{
  GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

  while (n-- > 0)
    g_ptr_array_add (matters, random_matter (random));
  rig_put (rig, matters);
}

static void
ask_random (Rig *rig, GRand *random, guint n)
{
  while (n-- > 0)
    {
      g_autofree char *text = random_text (random, 1, 5);

      assert_same (rig, text);
    }
}

static void
catch_up (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  gw_store_wait_search (rig->store, NULL, &error);
  g_assert_no_error (error);
}

/* ---- tests ---- */

static void
test_equals_like (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (Rig) rig = rig_new ();

  put_random (rig, random, 300);
  ask_random (rig, random, 100); /* the follower is somewhere on its way */
  catch_up (rig);
  ask_random (rig, random, 400);
}

static void
test_changes_are_found_at_once (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (Rig) rig = rig_new ();

  put_random (rig, random, 100);
  catch_up (rig);
  for (guint i = 0; i < 60; i++)
    {
      gint64 id = g_rand_int_range (random, 1, 101);
      GwMatter *after;

      if (rig_get (rig, id) == NULL)
        continue;
      if (i % 10 == 9)
        {
          rig_withdraw (rig, id);
          ask_random (rig, random, 5);
          continue;
        }
      after = gw_matter_copy (rig_get (rig, id));
      g_free (after->title);
      after->title = random_text (random, 1, 12);
      rig_update (rig, after);
      assert_same (rig, after->title);
      ask_random (rig, random, 5);
    }
  catch_up (rig);
  ask_random (rig, random, 100);
}

static void
assert_finds (Rig *rig, const GwActor *actor, const char *text, gint64 id, gboolean finds)
{
  g_autoptr (GArray) found = rig_search (rig, actor, text);
  gboolean there = FALSE;

  for (guint i = 0; i < found->len; i++)
    there = there || g_array_index (found, gint64, i) == id;
  if (there != finds)
    g_error ("\"%s\" %s %" G_GINT64_FORMAT, text, finds ? "misses" : "finds", id);
}

static void
test_numbers_codes_places_initials (void)
{
  g_autoptr (Rig) rig = rig_new ();
  gint64 other = rig_put_one (rig, rig_matter ("无关", "")), id;
  GwMatter *matter = rig_matter ("物业长安小区漏水", "");
  g_autofree char *lower = NULL, *spaced = NULL;

  matter->area = 8;
  id = rig_put_one (rig, matter);
  catch_up (rig);
  matter = rig_get (rig, id);
  assert_finds (rig, &rig_program, matter->number, id, TRUE);
  assert_finds (rig, &rig_program, matter->number, other, FALSE);
  lower = g_ascii_strdown (matter->number, -1);
  assert_finds (rig, &rig_program, lower, id, TRUE);
  assert_finds (rig, &rig_program, "2025-000002", id, TRUE);
  assert_finds (rig, &rig_program, "BBB-2025-000002", id, TRUE);
  assert_finds (rig, &rig_program, "AAA-2025-000002", id, FALSE);
  assert_finds (rig, &rig_program, "2024-000002", id, FALSE);
  assert_finds (rig, &rig_program, "0002", id, TRUE);
  assert_finds (rig, &rig_program, "2", id, TRUE);
  assert_finds (rig, &rig_program, "2", other, FALSE);

  assert_finds (rig, &rig_program, matter->case_code, id, TRUE);
  assert_finds (rig, &rig_program, matter->case_code, other, FALSE);
  spaced = g_strdup_printf ("%.4s-%s", matter->case_code, matter->case_code + 4);
  assert_finds (rig, &rig_program, spaced, id, TRUE);

  assert_finds (rig, &rig_program, "凯旋路街道", id, TRUE);
  assert_finds (rig, &rig_program, "凯旋", id, TRUE);
  assert_finds (rig, &rig_program, "嘉禾社区", id, TRUE);
  assert_finds (rig, &rig_program, "嘉禾社区", other, FALSE);
  assert_finds (rig, &rig_program, "仁里镇 无关", other, TRUE);
  assert_finds (rig, &rig_program, "仁里镇", id, FALSE);
  assert_finds (rig, &rig_program, "船山区", id, FALSE); /* everything lies in the district */

  assert_finds (rig, &rig_program, "wy", id, TRUE);
  assert_finds (rig, &rig_program, "WYCA", id, TRUE);
  assert_finds (rig, &rig_program, "wyza", id, TRUE); /* 长 is zhang as well */
  assert_finds (rig, &rig_program, "wyxq", id, FALSE);
  assert_finds (rig, &rig_program, "wy", other, FALSE);

  assert_finds (rig, &rig_program, "kxl", id, TRUE); /* 凯旋路街道, where it lies */
  assert_finds (rig, &rig_program, "kxl", other, FALSE);
  assert_finds (rig, &rig_program, "jhsq wyca", id, TRUE);
  assert_finds (rig, &rig_program, "jhyg", id, TRUE);
  assert_finds (rig, &rig_program, "rlz", other, TRUE);
  assert_finds (rig, &rig_program, "lz", other, FALSE); /* not the start of 仁里镇 */
  assert_finds (rig, &rig_program, "csq", id, FALSE);   /* the district again */
}

/* Initials of the address, which is where most people say the place. */
static void
test_initials_of_addresses (void)
{
  g_autoptr (Rig) rig = rig_new ();
  GwActor viewer = { .account = 9, .org = 1, .role = GW_ROLE_LEADER_VIEW, .purpose = "test" };
  GwMatter *matter = rig_matter ("噪声", "夜间施工");
  gint64 id;

  matter->address = g_strdup ("滨江路12号翠屏湾");
  id = rig_put_one (rig, matter);
  for (guint round = 0; round < 2; round++)
    {
      assert_finds (rig, &rig_program, "bjl12", id, TRUE);
      assert_finds (rig, &rig_program, "cpw", id, TRUE);
      assert_finds (rig, &rig_program, "hcpw", id, TRUE);
      assert_finds (rig, &rig_program, "zsbj", id, FALSE); /* title and address are two */
      assert_finds (rig, &rig_program, "yjsg", id, FALSE); /* the summary has no initials */
      assert_finds (rig, &viewer, "zs", id, TRUE);
      assert_finds (rig, &viewer, "cpw", id, FALSE); /* sees titles only */
      catch_up (rig);
    }
  /* A line that moves from the summary to the address changes no word, but what initials find. */
  matter = gw_matter_copy (rig_get (rig, id));
  g_free (matter->summary);
  matter->summary = g_steal_pointer (&matter->address);
  rig_update (rig, matter);
  assert_finds (rig, &rig_program, "cpw", id, FALSE);
  catch_up (rig);
  assert_finds (rig, &rig_program, "cpw", id, FALSE);
}

/* Texts that hold every pair of a word and not the word. */
static void
test_pairs_that_stand_apart (void)
{
  static const struct
  {
    const char *word, *text;
    gboolean fits;
  } cases[] = {
    { "电梯维修", "电梯维修", TRUE },
    { "电梯维修", "电梯，梯维，维修", FALSE },
    { "电梯维修", "维修电梯维", FALSE },
    { "电梯维修", "电梯维 修", FALSE },
    { "电梯维修", "电梯电梯维修维修", TRUE },
    { "哈哈哈", "哈哈，哈哈", FALSE },
    { "哈哈哈", "哈哈哈哈", TRUE },
    { "a1b2", "a1b 1b2", FALSE },
    { "a1b2", "xa1b2y", TRUE },
    { "3-2号", "3-2 2号", FALSE },
    { "3-2号", "13-2号楼", TRUE },
    { "dtwx", "电梯，梯无，无限", FALSE }, /* "dt", "tw", "wx", and no "dtwx" */
    { "dtwx", "大庭 挽 雪", TRUE },        /* initials run on over what has none */
  };
  g_autoptr (Rig) rig = rig_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    rig_put_one (rig, rig_matter (cases[i].text, ""));
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        assert_finds (rig, &rig_program, cases[i].word, i + 1, cases[i].fits);
      catch_up (rig);
    }
}

static void
test_restricted_texts (void)
{
  g_autoptr (Rig) rig = rig_new ();
  GwActor handler = { .account = 9, .org = 1, .role = GW_ROLE_UNIT_HANDLER, .purpose = "test" };
  GwActor other = { .account = 9, .org = 2, .role = GW_ROLE_UNIT_HANDLER, .purpose = "test" };
  GwActor clerk = { .account = 9, .org = 1, .role = GW_ROLE_INTAKE, .purpose = "test" };
  GwActor viewer = { .account = 9, .org = 1, .role = GW_ROLE_LEADER_VIEW, .purpose = "test" };
  GwMatter *matter = rig_matter ("受害人情况", "");
  gint64 restricted, open;

  matter->sensitivity = GW_SENSITIVITY_RESTRICTED;
  matter->lead_org = 1;
  restricted = rig_put_one (rig, matter);
  matter = rig_matter ("普通情况", "事情经过");
  matter->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (matter->values, g_strdup ("secret"), g_strdup ("隐秘之事"));
  g_hash_table_insert (matter->values, g_strdup ("note"), g_strdup ("附注"));
  open = rig_put_one (rig, matter);
  for (guint round = 0; round < 2; round++)
    {
      assert_finds (rig, &rig_program, "情况", restricted, TRUE);
      assert_finds (rig, &handler, "情况", restricted, TRUE);
      assert_finds (rig, &handler, "sh", restricted, TRUE);
      assert_finds (rig, &other, "情况", restricted, FALSE);
      assert_finds (rig, &other, "sh", restricted, FALSE);
      assert_finds (rig, &clerk, "受害", restricted, FALSE);
      assert_finds (rig, &clerk, "情", restricted, FALSE);
      assert_finds (rig, &clerk, "1", restricted, TRUE); /* its number is no secret */
      assert_finds (rig, &clerk, "情况", open, TRUE);
      assert_finds (rig, &clerk, "附注", open, TRUE);
      assert_finds (rig, &rig_program, "隐秘", open, FALSE);
      assert_finds (rig, &viewer, "情况", open, TRUE); /* masked lists show titles */
      assert_finds (rig, &viewer, "况", open, TRUE);
      assert_finds (rig, &viewer, "经过", open, FALSE);
      assert_finds (rig, &viewer, "经", open, FALSE);
      assert_finds (rig, &viewer, "附注", open, FALSE);
      assert_finds (rig, &viewer, "情况", restricted, FALSE);
      assert_finds (rig, &clerk, "经过", open, TRUE);
      catch_up (rig);
    }
  /* What becomes restricted leaves the answers at once. */
  matter = gw_matter_copy (rig_get (rig, open));
  matter->sensitivity = GW_SENSITIVITY_RESTRICTED;
  rig_update (rig, matter);
  assert_finds (rig, &clerk, "普通", open, FALSE);
  catch_up (rig);
  assert_finds (rig, &clerk, "普通", open, FALSE);
}

static gboolean
assign_cb (GwTx *tx, gpointer data, GError **error)
{
  GwAssignment *assignment = data;
  GwEvent event = { .matter = assignment->matter, .verb = GW_VERB_DISPATCH };

  event.from = event.to = GW_STATE_HANDLING;
  return gw_tx_put_assignment (tx, assignment, error) && gw_tx_append_event (tx, &event, error);
}

static void
assign (Rig *rig, GwAssignment *assignment)
{
  g_autoptr (GError) error = NULL;

  gw_store_write (rig->store, GW_LANE_VERB, &rig_program, assign_cb, assignment, NULL, &error);
  g_assert_no_error (error);
}

/* A unit that takes part in handling reads the text, so it finds it, and sees the place. */
static void
test_restricted_texts_of_co_handlers (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GwFilter) filter = gw_filter_new ();
  GwActor lead = { .account = 9, .org = 1, .role = GW_ROLE_UNIT_HANDLER, .purpose = "test" };
  GwActor helper = { .account = 8, .org = 2, .role = GW_ROLE_UNIT_HANDLER, .purpose = "test" };
  GwActor clerk = { .account = 7, .org = 2, .role = GW_ROLE_INTAKE, .purpose = "test" };
  GwMatter *matter = rig_matter ("受害人情况", "");
  GwAssignment assignment = { .org = 2, .part = 2, .sent = RIG_NOW };

  matter->sensitivity = GW_SENSITIVITY_RESTRICTED;
  matter->lead_org = 1;
  matter->has_point = TRUE;
  matter->x = 1055000000;
  matter->y = 305000000;
  assignment.matter = rig_put_one (rig, matter);
  filter->text = g_strdup ("受害人");
  for (guint round = 0; round < 2; round++)
    {
      assert_finds (rig, &lead, "受害人", assignment.matter, TRUE);
      assert_finds (rig, &helper, "受害人", assignment.matter, FALSE);
      catch_up (rig);
    }
  assign (rig, &assignment);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GwSelection) selection = rig_select (rig, &helper, filter);

      assert_finds (rig, &helper, "受害人", assignment.matter, TRUE);
      assert_finds (rig, &helper, "shr", assignment.matter, TRUE);
      assert_finds (rig, &clerk, "受害人", assignment.matter, FALSE); /* the role has no right */
      g_assert_cmpuint (selection->n, ==, 1);
      g_assert_cmpint (selection->x[0], ==, 1055000000);
      catch_up (rig);
    }
  assignment.returned = RIG_NOW + 60;
  assign (rig, &assignment);
  assert_finds (rig, &helper, "受害人", assignment.matter, FALSE);
  assert_finds (rig, &lead, "受害人", assignment.matter, TRUE);
}

static void
test_deleted_index_is_rebuilt (void)
{
  static const char *const suffixes[] = { "search", "search-wal", "search-shm" };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (Rig) rig = rig_new ();

  put_random (rig, random, 200);
  catch_up (rig);
  rig_close (rig);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = rig_side_path (rig, suffixes[i]);

      (void)g_unlink (path);
    }
  rig_open (rig, GW_OPEN_DEFAULT);
  ask_random (rig, random, 50);
  catch_up (rig);
  ask_random (rig, random, 50);
}

static void
test_damaged_index_is_rebuilt (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_side_path (rig, "search");
  gsize length;

  put_random (rig, random, 200);
  catch_up (rig);
  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *whole = NULL;

      rig_close (rig);
      g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
      g_assert_cmpuint (length, >, 4096 * 10); /* closing leaves nothing in the log */
      if (round == 0)                          /* the head is gone */
        memset (whole, 0, 100);
      else if (round == 1) /* every page behind the first few is noise */
        memset (whole + 4096 * 3, 0x5a, length - 4096 * 3);
      else /* half of it */
        length = length / 8192 * 4096;
      g_assert_true (g_file_set_contents (path, whole, (gssize)length, NULL));
      rig_open (rig, GW_OPEN_DEFAULT);
      ask_random (rig, random, 30);
      catch_up (rig);
      ask_random (rig, random, 30);
      put_random (rig, random, 10);
      ask_random (rig, random, 30);
      catch_up (rig);
    }
}

/* A store that was restored from a copy has another history than its index. */
static void
test_index_of_another_history (void)
{
  static const char *const suffixes[] = { "search", "snapshot" };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  g_autoptr (Rig) rig = rig_new (), other = rig_new ();

  put_random (rig, random, 80);
  put_random (other, random, 80);
  catch_up (rig);
  catch_up (other);
  rig_close (rig);
  rig_close (other);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = rig_side_path (other, suffixes[i]);
      g_autofree char *to = rig_side_path (rig, suffixes[i]), *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
    }
  rig_open (rig, GW_OPEN_DEFAULT);
  ask_random (rig, random, 50);
  catch_up (rig);
  ask_random (rig, random, 50);
}

static void
test_read_only (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_side_path (rig, "search");

  put_random (rig, random, 150);
  catch_up (rig);
  rig_close (rig);
  rig_open (rig, GW_OPEN_READ_ONLY);
  ask_random (rig, random, 50);
  catch_up (rig);
  rig_close (rig);
  g_assert_cmpint (g_unlink (path), ==, 0);
  rig_open (rig, GW_OPEN_READ_ONLY);
  ask_random (rig, random, 50);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A second program sees what the first one writes, text and all. */
static void
test_second_reader (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GError) error = NULL;
  GwStore *writer = rig->store, *reader;

  put_random (rig, random, 50);
  reader = gw_store_open (rig->path, GW_OPEN_READ_ONLY, rig->clock, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < 5; round++)
    {
      rig->store = writer;
      put_random (rig, random, 20);
      if (round % 2 == 1)
        catch_up (rig);
      rig->store = reader;
      ask_random (rig, random, 20);
    }
  rig->store = writer;
  gw_store_close (reader);
  gw_store_unref (reader);
}

/* 0 while the file is being replaced. */
static gint64
count_dead (Rig *rig)
{
  g_autofree char *path = rig_side_path (rig, "search");
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  gint64 n = 0;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT count(*) FROM dead", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

/* Changed texts leave dead ones behind; when they are many the index starts anew. */
static void
test_worn_index_is_rebuilt (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (Rig) rig = rig_new ();
  gint64 most = 0;

  put_random (rig, random, 60);
  for (guint i = 0; i < 400; i++)
    {
      GwMatter *after = gw_matter_copy (rig_get (rig, 1 + i % 60));

      g_free (after->title);
      after->title = g_strdup_printf ("第%u次", i);
      rig_update (rig, after);
      catch_up (rig);
      most = MAX (most, count_dead (rig));
    }
  g_assert_cmpint (most, >, 150);
  g_assert_cmpint (most, <, 250);
  g_assert_cmpint (count_dead (rig), <, 200);
  ask_random (rig, random, 50);
}

static void
test_refused (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GwFilter) filter = gw_filter_new ();
  GwActor actor = { .account = 9, .role = GW_ROLE_SYSADMIN, .purpose = "test" };
  g_autoptr (GError) error = NULL;

  g_assert_null (gw_store_select (rig->store, &actor, filter, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
}

static void
test_cancelled (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  rig_put_one (rig, rig_matter ("物业", ""));
  filter->text = g_strdup ("物业");
  g_cancellable_cancel (cancellable);
  g_assert_null (gw_store_select (rig->store, &rig_program, filter, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/equals-like", test_equals_like);
  g_test_add_func ("/search/changes-are-found-at-once", test_changes_are_found_at_once);
  g_test_add_func ("/search/numbers-codes-places-initials", test_numbers_codes_places_initials);
  g_test_add_func ("/search/restricted-texts", test_restricted_texts);
  g_test_add_func ("/search/restricted-texts-of-co-handlers", test_restricted_texts_of_co_handlers);
  g_test_add_func ("/search/initials-of-addresses", test_initials_of_addresses);
  g_test_add_func ("/search/pairs-that-stand-apart", test_pairs_that_stand_apart);
  g_test_add_func ("/search/deleted-index-is-rebuilt", test_deleted_index_is_rebuilt);
  g_test_add_func ("/search/damaged-index-is-rebuilt", test_damaged_index_is_rebuilt);
  g_test_add_func ("/search/index-of-another-history", test_index_of_another_history);
  g_test_add_func ("/search/read-only", test_read_only);
  g_test_add_func ("/search/second-reader", test_second_reader);
  g_test_add_func ("/search/worn-index-is-rebuilt", test_worn_index_is_rebuilt);
  g_test_add_func ("/search/refused", test_refused);
  g_test_add_func ("/search/cancelled", test_cancelled);
  return g_test_run ();
}
