/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verb through the session (rights, guards, state machine, journal with its hash, clocks,
 * counters, snapshot, notice) against a bare SQLite transaction that writes the same rows with the
 * same pragmas. Both take turns on copies of one demo file. Issue 2: must 1.5.
 *
 *   bench-verb [N]        N matters, 1,500 if not given */

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gw-demo.h"
#include "gw-error.h"
#include "gw-select.h"
#include "gw-session-private.h"
#include "replay.h"

#define DEMO_ROWS 20000
#define TURN 25
#define NOW G_GINT64_CONSTANT (1672466400) /* 2022-12-31 14:00 in China */

typedef gint64 (*VerbFunc) (GwSession *session, gint64 matter);

typedef struct
{
  const char *name, *login;
  VerbFunc func;
} Phase;

static void
die_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* ---- files ---- */

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autofree char *snapshot = g_strconcat (to, ".snapshot", NULL);
  g_autofree char *search = g_strconcat (to, ".search", NULL);
  g_autoptr (GError) error = NULL;

  (void)g_unlink (snapshot);
  (void)g_unlink (search);
  (void)g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  die_on (error);
}

static GwSession *
open_session (const char *path, const char *login)
{
  g_autoptr (GwClock) clock = gw_clock_new_fixed (NOW);
  g_autoptr (GError) error = NULL;
  GwSession *session = gw_session_open_sync (path, 0, clock, &error);
  GPtrArray *accounts;

  die_on (error);
  /* Following the texts is no part of a verb: let it be done before. */
  (void)gw_store_wait_search (gw_session_get_store (session), NULL, NULL);
  accounts = gw_session_get_accounts (session);
  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      for (guint role = 0; g_str_equal (account->login, login) && role < GW_N_ROLES; role++)
        if ((account->roles & (1u << role)) != 0)
          {
            (void)gw_session_take_seat (session, account->id, (GwRole)role, &error);
            die_on (error);
            return session;
          }
    }
  g_error ("there is no account %s", login);
}

/* ---- verbs ---- */

static gint64
submit (GwSession *session, gint64 matter)
{
  GwAreaTree *tree = gw_session_get_areas (session);
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, gw_area_tree_root (tree)->id);
  const GwArea *leaf =
      gw_area_tree_get (tree, g_array_index (leaves, guint32, (guint)matter % leaves->len));
  g_autoptr (GwIntake) intake = gw_intake_new ("risk.dispute/dispute");
  g_autoptr (GwMatter) made = NULL;
  g_autoptr (GError) error = NULL;

  intake->title = g_strdup_printf ("%s石狮归属之争", leaf->name);
  intake->summary = g_strdup ("两户对门前石狮的归属有分歧，请居委会上门调解");
  intake->source = g_strdup ("visit");
  intake->level = 1;
  intake->urgency = GW_URGENCY_NORMAL;
  intake->severity = GW_SEVERITY_GENERAL;
  intake->sensitivity = GW_SENSITIVITY_INTERNAL;
  intake->precision = GW_PRECISION_EXACT;
  intake->has_point = TRUE;
  intake->x = leaf->label_x;
  intake->y = leaf->label_y;
  g_hash_table_insert (intake->values, g_strdup ("dtype"), g_strdup ("neighbour"));
  g_hash_table_insert (intake->values, g_strdup ("persons_band"), g_strdup ("b2"));
  made = gw_session_submit_sync (session, intake, &error);
  die_on (error);
  return made->id;
}

static gint64
apply (GwSession *session, GwVerbRequest *request)
{
  g_autoptr (GwVerbRequest) mine = request;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_apply_sync (session, mine, &error);

  die_on (error);
  return matter->id;
}

static gint64
file (GwSession *session, gint64 matter)
{
  return apply (session, gw_verb_request_new (matter, GW_VERB_FILE));
}

static gint64
dispatch (GwSession *session, gint64 matter)
{
  GwVerbRequest *request = gw_verb_request_new (matter, GW_VERB_DISPATCH);
  GPtrArray *orgs = gw_session_get_orgs (session);
  guint org = 2;

  while (org < orgs->len && g_ptr_array_index (orgs, org) == NULL)
    org++;
  request->org = org;
  return apply (session, request);
}

static gint64
note (GwSession *session, gint64 matter)
{
  GwVerbRequest *request = gw_verb_request_new (matter, GW_VERB_NOTE);

  request->note = g_strdup ("已与双方电话联系");
  return apply (session, request);
}

/* ---- measuring ---- */

/* CPU of the threads that a verb needs: the caller's and the writer's. */
static double
verb_cpu_ms (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  double sum = 0;

  while (tasks != NULL && (name = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *comm_path = g_strdup_printf ("/proc/self/task/%s/comm", name);
      g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/schedstat", name);
      g_autofree char *comm = NULL, *text = NULL;

      if (!g_file_get_contents (comm_path, &comm, NULL, NULL) ||
          !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      if (g_str_has_prefix (comm, "gw-writer") ||
          g_ascii_strtoll (name, NULL, 10) == (gint64)getpid ())
        sum += (double)g_ascii_strtoull (text, NULL, 10) / 1e6;
    }
  return sum;
}

static double
wall_ms (void)
{
  return (double)g_get_monotonic_time () / 1e3;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, values->len / 2);
}

typedef struct
{
  GArray *wall, *cpu; /* double: of each verb; of each turn, for one verb */
} Times;

static Times
times_new (void)
{
  return (Times){ g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)) };
}

static void
times_free (Times *self)
{
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
}

static void
take_turns (const Phase *phase, GwSession *session, Replay *replay, gint64 first, guint n)
{
  Times ours = times_new (), peer = times_new ();

  for (guint done = 0; done + TURN <= n; done += TURN)
    for (guint side = 0; side < 2; side++)
      {
        Times *times = side == 0 ? &ours : &peer;
        double cpu = verb_cpu_ms ();

        for (guint i = done; i < done + TURN; i++)
          {
            double start = wall_ms (), wall;

            if (side == 0)
              (void)phase->func (session, first + i);
            else
              replay_run (replay, i);
            wall = wall_ms () - start;
            g_array_append_val (times->wall, wall);
          }
        cpu = (verb_cpu_ms () - cpu) / TURN;
        g_array_append_val (times->cpu, cpu);
      }
  g_print ("%-9s %4.1f rows   wall %7.3f ms, bare %7.3f ms = %5.2f   CPU %6.3f ms, bare %6.3f ms ="
           " %5.2f   (must 1.5)\n",
           phase->name, replay_rows (replay), median (ours.wall), median (peer.wall),
           median (ours.wall) / median (peer.wall), median (ours.cpu), median (peer.cpu),
           median (ours.cpu) / median (peer.cpu));
  times_free (&ours);
  times_free (&peer);
}

/* Once to see what is written, once against the bare transaction. @base becomes the file after. */
static void
run_phase (const Phase *phase, const char *base, gint64 first, guint n)
{
  g_autofree char *after = g_strconcat (base, ".after", NULL);
  g_autofree char *mine = g_strconcat (base, ".ours", NULL);
  g_autofree char *theirs = g_strconcat (base, ".bare", NULL);
  g_autoptr (GwSession) session = NULL;
  Replay *replay;

  copy_file (base, after);
  copy_file (base, mine);
  copy_file (base, theirs);
  session = open_session (after, phase->login);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (phase->func (session, first + i), ==, first + i);
  gw_session_close (session);
  g_clear_object (&session);
  replay = replay_new (base, after, theirs, first, n);
  session = open_session (mine, phase->login);
  take_turns (phase, session, replay, first, n);
  gw_session_close (session);
  replay_free (replay);
  copy_file (after, base);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      (void)g_unlink (path);
    }
  (void)g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const Phase phases[] = {
    { "report", "duty", submit },
    { "file", "duty", file },
    { "dispatch", "duty", dispatch },
    { "note", "duty", note },
  };
  guint n = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 1500;
  g_autofree char *folder = g_dir_make_tmp ("gw-bench-verb-XXXXXX", NULL);
  g_autofree char *base = g_build_filename (folder, "base.gridwork", NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  (void)gw_demo_create (base, DEMO_ROWS, 0, NULL, NULL, NULL, &error);
  die_on (error);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    run_phase (&phases[i], base, DEMO_ROWS + 1, n);
  remove_folder (folder);
  return 0;
}
