/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first rows of a selection are those of the whole one, however they were found; and a query
 * that nobody waits for any more ends in the middle. */

#include <glib/gstdio.h>
#include <string.h>

#include "reading-rig.h"

#define DAY 86400

static const char *const words[] = { "消防", "通道", "漏水", "电梯", "维修", "小区", "桂花",
                                     "堵",   "a栋",  "3号",  "，",   "物业", "wy",   "12" };

static char *
random_text (GRand *random, guint least, guint most)
{
  GString *text = g_string_new (NULL);

  /* The first words are frequent, the last ones rare. */
  for (gint n = g_rand_int_range (random, (gint)least, (gint)most + 1); n > 0; n--)
    g_string_append (
        text,
        words[(guint)(G_N_ELEMENTS (words) * g_rand_double (random) * g_rand_double (random))]);
  return g_string_free (text, FALSE);
}

static GwMatter *
random_matter (GRand *random, guint n, guint total)
{
  g_autofree char *title = random_text (random, 1, 3), *summary = random_text (random, 0, 6);
  GwMatter *matter = rig_matter (title, summary);

  matter->area = (guint32)g_rand_int_range (random, 1, RIG_N_AREAS + 1);
  matter->lead_org = (guint32)g_rand_int_range (random, 0, 3);
  if (g_rand_int_range (random, 0, 20) == 0)
    matter->sensitivity = GW_SENSITIVITY_RESTRICTED;
  /* Nearly as they came, some much later than they happened, many in one second. */
  matter->reported = RIG_NOW - (gint64)(total - n) * 600 - g_rand_int_range (random, 0, 30) * DAY;
  if (g_rand_int_range (random, 0, 10) == 0)
    matter->reported = RIG_NOW - g_rand_int_range (random, 0, 400) * DAY;
  return matter;
}

static void
put_random (Rig *rig, GRand *random, guint total)
{
  GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

  for (guint n = 0; n < total; n++)
    g_ptr_array_add (matters, random_matter (random, n, total));
  rig_put (rig, matters);
}

static void
change_some (Rig *rig, GRand *random, guint n)
{
  while (n-- > 0)
    {
      gint64 id = g_rand_int_range (random, 1, (gint32)rig->matters->len);
      GwMatter *after;

      if (rig_get (rig, id) == NULL)
        continue;
      after = gw_matter_copy (rig_get (rig, id));
      g_free (after->title);
      after->title = random_text (random, 1, 4);
      rig_update (rig, after);
    }
}

static void
assert_first (Rig *rig, const GwActor *actor, const GwFilter *filter, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) all = rig_select (rig, actor, filter), page = NULL;

  page = gw_store_select_first (rig->store, actor, filter, n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->n, ==, MIN (n, all->n));
  g_assert_cmpmem (page->ids, page->n * sizeof *page->ids, all->ids, page->n * sizeof *all->ids);
  g_assert_cmpmem (page->x, page->n * sizeof *page->x, all->x, page->n * sizeof *all->x);
  g_assert_cmpmem (page->lamps, page->n, all->lamps, page->n);
  g_assert_cmpmem (page->areas, page->n * sizeof *page->areas, all->areas,
                   page->n * sizeof *all->areas);
}

static void
ask_random (Rig *rig, GRand *random, guint n)
{
  const GwActor actors[] = { rig_program,
                             { .account = 9, .org = 1, .role = GW_ROLE_UNIT_HANDLER },
                             { .account = 9, .org = 1, .role = GW_ROLE_INTAKE },
                             { .account = 9, .org = 1, .role = GW_ROLE_LEADER_VIEW } };

  while (n-- > 0)
    {
      g_autoptr (GwFilter) filter = gw_filter_new ();

      if (g_rand_int_range (random, 0, 10) != 0)
        filter->text = random_text (random, 1, 2);
      if (g_rand_int_range (random, 0, 4) == 0)
        filter->area = (guint32)g_rand_int_range (random, 1, RIG_N_AREAS + 1);
      if (g_rand_int_range (random, 0, 4) == 0)
        filter->org = (guint32)g_rand_int_range (random, 1, 3);
      if (g_rand_int_range (random, 0, 6) == 0)
        filter->sort = GW_SORT_REPORTED_ASC;
      assert_first (rig, &actors[g_rand_int_range (random, 0, G_N_ELEMENTS (actors))], filter,
                    (guint)g_rand_int_range (random, 0, 120));
    }
}

static void
wait_for_index (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gw_store_wait_search (rig->store, NULL, &error));
  g_assert_no_error (error);
}

static void
test_first_is_head_of_all (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (Rig) rig = rig_new ();

  ask_random (rig, random, 5); /* an empty file */
  put_random (rig, random, 10000);
  ask_random (rig, random, 20); /* the follower is somewhere on its way */
  wait_for_index (rig);
  ask_random (rig, random, 150);
  change_some (rig, random, 100); /* their texts come last in the index */
  ask_random (rig, random, 50);
  wait_for_index (rig);
  ask_random (rig, random, 100);
}

/* ---- cancelling ---- */

/* The first word of a search that has begun: from here on somebody typed on. */
static GLogWriterOutput
cancel_when_begun (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  GCancellable *cancellable = data;

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        g_str_has_prefix (fields[i].value, "search without index"))
      g_cancellable_cancel (cancellable);
  return G_LOG_WRITER_HANDLED;
}

/* Without an index every text must be read: the longest query there is. */
static void
test_newer_search_ends_older (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GCancellable) older = g_cancellable_new (), newer = g_cancellable_new ();
  g_autoptr (GwSelection) selection = NULL, page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *index = NULL;

  put_random (rig, random, 5000);
  rig_close (rig);
  index = rig_side_path (rig, "search");
  g_assert_cmpint (g_unlink (index), ==, 0);
  rig_open (rig, GW_OPEN_READ_ONLY);
  g_log_set_writer_func (cancel_when_begun, older, NULL);
  filter->text = g_strdup ("消防");
  g_assert_false (g_cancellable_is_cancelled (older));
  g_assert_null (gw_store_select (rig->store, &rig_program, filter, older, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* The newer one is answered whole, on the connection that the older gave back. */
  selection = gw_store_select (rig->store, &rig_program, filter, newer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (selection->n, >, 0);
  page = gw_store_select_first (rig->store, &rig_program, filter, 50, newer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->n, ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-first/is-head-of-all", test_first_is_head_of_all);
  g_test_add_func ("/search-first/newer-search-ends-older", test_newer_search_ends_older);
  return g_test_run ();
}
