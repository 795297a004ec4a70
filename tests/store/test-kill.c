/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at any moment: a child writes verbs and import slices and says each acknowledgement on a
 * pipe; the parent kills it after a random number of them and a random time, opens the file and
 * finds everything that was acknowledged. */
#include "store-fixture.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_CYCLES 50
#define SLICE 100

typedef enum
{
  ACK_INSERT = 1, /* id */
  ACK_MOVE,       /* id, revision */
  ACK_SLICE,      /* first id, last id */
  ACK_DRAFT,      /* id */
} AckKind;

typedef struct
{
  gint64 kind, a, b;
} Ack;

/* ---- the child ---- */

typedef struct
{
  Fixture fixture;
  guint n; /* of verbs begun */
} Child;

static void
acknowledge (AckKind kind, gint64 a, gint64 b)
{
  Ack ack = { kind, a, b };

  /* Less than PIPE_BUF: written whole or not at all, from either thread. */
  if (write (STDOUT_FILENO, &ack, sizeof ack) != (gssize)sizeof ack)
    _exit (3);
}

typedef struct
{
  Child *child;
  gint64 first, last;
  gboolean flush;
} Slice;

static gboolean
slice_cb (GwTx *tx, gpointer data, GError **error)
{
  Slice *slice = data;

  gw_tx_defer_counters (tx, TRUE);
  for (guint i = 0; i < SLICE; ++i)
    {
      g_autoptr (GwMatter) matter = fixture_matter (&slice->child->fixture, i);

      if (!fixture_insert_in (tx, matter, error))
        return FALSE;
      slice->first = i == 0 ? matter->id : slice->first;
      slice->last = matter->id;
    }
  return !slice->flush || gw_tx_flush_counters (tx, error);
}

static gpointer
import_thread (gpointer data)
{
  Child *child = data;

  for (guint i = 0;; ++i)
    {
      Slice slice = { child, 0, 0, i % 7 == 6 };

      if (!gw_store_write (child->fixture.store, GW_LANE_SLICE, &child->fixture.program, slice_cb,
                           &slice, NULL, NULL))
        _exit (4);
      acknowledge (ACK_SLICE, slice.first, slice.last);
    }
  return NULL;
}

static void
work (Child *child)
{
  GwActor intake = fixture_actor (GW_ROLE_INTAKE, 1, 0);
  gint64 id = fixture_insert (&child->fixture, ++child->n), draft = 0;

  acknowledge (ACK_INSERT, id, 1);
  fixture_move (&child->fixture, id, GW_VERB_FILE, GW_STATE_FILED, "经核实予以登记");
  acknowledge (ACK_MOVE, id, 2);
  fixture_move (&child->fixture, id, GW_VERB_RECORD, GW_STATE_CLOSED, NULL);
  acknowledge (ACK_MOVE, id, 3);
  if (!gw_store_save_draft (child->fixture.store, &intake, &draft, "intake", "草稿", NULL))
    _exit (5);
  acknowledge (ACK_DRAFT, draft, 0);
}

G_NORETURN static void
child_main (const char *path)
{
  Child child = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = NULL;

  child.fixture.clock = gw_clock_new_fixed (FIXTURE_NOW);
  child.fixture.store =
      gw_store_open (path, GW_OPEN_REQUIRE_WRITE | GW_OPEN_NO_CHECK, child.fixture.clock, &error);
  g_assert_no_error (error);
  types = gw_store_load_types (child.fixture.store, &error);
  g_assert_no_error (error);
  child.fixture.type = types->len - 1;
  g_thread_unref (g_thread_new ("import", import_thread, &child));
  for (;;)
    work (&child);
}

/* ---- the parent ---- */

static GPid
start_child (const char *self, const char *path, int *out)
{
  const char *const argv[] = { self, "--child", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

static gboolean
read_ack (int fd, Ack *ack)
{
  gsize done = 0;

  while (done < sizeof *ack)
    {
      gssize n = read (fd, (char *)ack + done, sizeof *ack - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize)n;
    }
  return TRUE;
}

/* Not a pause for somebody to get ready: the moment of the blow is what is drawn. */
static void
let_run (GRand *random)
{
  struct timespec moment = { 0, g_rand_int_range (random, 0, 8000) * 1000 };
  struct pollfd nothing = { -1, 0, 0 };

  (void)ppoll (&nothing, 1, &moment, NULL);
}

static GArray *
run_and_kill (const char *self, const char *path, GRand *random)
{
  GArray *acks = g_array_new (FALSE, FALSE, sizeof (Ack));
  guint wanted = (guint)g_rand_int_range (random, 1, 60);
  int fd = -1, status = 0;
  GPid pid = start_child (self, path, &fd);
  Ack ack;

  while (acks->len < wanted && read_ack (fd, &ack))
    g_array_append_val (acks, ack);
  g_assert_cmpuint (acks->len, ==, wanted);
  let_run (random);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  while (read_ack (fd, &ack))
    g_array_append_val (acks, ack);
  close (fd);
  return acks;
}

static void
assert_matter (Fixture *self, gint64 id, guint rev)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_store_get_matter (self->store, &self->program, id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (matter->rev, >=, rev);
}

static void
assert_draft (Fixture *self, gint64 id)
{
  GwActor intake = fixture_actor (GW_ROLE_INTAKE, 1, 0);
  g_autoptr (GPtrArray) drafts = gw_store_list_drafts (self->store, &intake, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < drafts->len; ++i)
    found = found || ((GwDraft *)g_ptr_array_index (drafts, i))->id == id;
  g_assert_true (found);
}

static void
assert_kept (Fixture *self, const GArray *acks)
{
  for (guint i = 0; i < acks->len; ++i)
    {
      const Ack *ack = &g_array_index (acks, Ack, i);

      if (ack->kind == ACK_SLICE)
        for (gint64 id = ack->a; id <= ack->b; ++id)
          assert_matter (self, id, 1);
      else if (ack->kind == ACK_DRAFT)
        assert_draft (self, ack->a);
      else
        assert_matter (self, ack->a, (guint)ack->b);
    }
}

static void
test_kill (gconstpointer program)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  guint n_acks = 0, n_hot = 0;
  Fixture self = { 0 };

  for (guint cycle = 0; cycle < N_CYCLES; ++cycle)
    {
      g_autoptr (GArray) acks = NULL;
      g_autofree char *wal = NULL;

      if (cycle % 10 == 0)
        fixture_set_up (&self, NULL);
      wal = g_strconcat (self.path, "-wal", NULL);
      g_clear_pointer (&self.store, gw_store_unref);
      acks = run_and_kill (program, self.path, random);
      n_hot += g_file_test (wal, G_FILE_TEST_EXISTS);
      n_acks += acks->len;
      fixture_reopen (&self);
      g_assert_true (gw_store_wait_check (self.store, NULL, NULL));
      assert_kept (&self, acks);
      fixture_assert_sound (self.store);
      if (cycle % 10 == 9)
        fixture_tear_down (&self, NULL);
    }
  g_test_message ("%d kills, %u acknowledged, 0 lost; %u times with a log in use", N_CYCLES, n_acks,
                  n_hot);
  /* A rig that kills nothing, or only between transactions, proves nothing. */
  g_assert_cmpuint (n_acks, >=, N_CYCLES);
  g_assert_cmpuint (n_hot, >, N_CYCLES / 2);
}

int
main (int argc, char **argv)
{
  g_autofree char *self = NULL;

  if (argc == 3 && g_str_equal (argv[1], "--child"))
    child_main (argv[2]);
  g_test_init (&argc, &argv, NULL);
  self = g_file_read_link ("/proc/self/exe", NULL);
  g_test_add_data_func ("/store/kill/acknowledged-is-kept", self, test_kill);
  return g_test_run ();
}
