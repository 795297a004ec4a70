/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of the tables that modules make: which of them a file has, and with which text. */
#include "gw-scratch.h"
#include "gw-tx-module.h"
#include "store-fixture.h"

#include <sqlite3.h>

#define FIRST "CREATE TABLE {ns}_round (day INTEGER) STRICT"

/* What the host's sandbox does, without the sandbox. */
static gboolean
run_plainly (sqlite3 *db, const char *ns, const char *sql, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (sql, "{ns}", -1);
  g_autofree char *prefix = g_strconcat ("m_", ns, NULL);
  g_autofree char *text = g_strjoinv (prefix, parts);

  return sqlite3_exec (db, text, NULL, NULL, NULL) == SQLITE_OK ||
         gw_throw (error, GW_ERROR_INVALID, "%s", sqlite3_errmsg (db));
}

static gboolean
step_cb (GwTx *tx, gpointer data, GError **error)
{
  return gw_tx_run_module_step (tx, "lmp", 1, data, run_plainly, error);
}

static gboolean
has (Fixture *self, const char *sql, GError **error)
{
  gboolean found = FALSE;

  return gw_store_has_module_step (self->store, "lmp", 1, sql, &found, error) && found;
}

static void
test_kept (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean found = TRUE;

  g_assert_false (has (self, FIRST, &error));
  g_assert_no_error (error);
  g_assert_true (gw_store_write (self->store, GW_LANE_VERB, &self->program, step_cb,
                                 (gpointer)FIRST, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (has (self, FIRST, &error));
  fixture_reopen (self);
  g_assert_true (has (self, FIRST, &error));
  g_assert_no_error (error);
  /* Another module and another step know nothing of it. */
  g_assert_true (gw_store_has_module_step (self->store, "lmp", 2, FIRST, &found, &error));
  g_assert_false (found);
  g_assert_true (gw_store_has_module_step (self->store, "lmpx", 1, FIRST, &found, &error));
  g_assert_false (found);

  g_assert_false (has (self, FIRST " -- edited", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
  fixture_assert_sound (self->store);
}

/* A step that fails leaves neither its tables nor its note. */
static void
test_failed (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL, none = NULL;

  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program, step_cb,
                                  (gpointer)(FIRST "; CREATE TABLE m_lmp_round (day)"), NULL,
                                  &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_false (has (self, FIRST, &none));
  g_assert_no_error (none);
  g_assert_true (gw_store_write (self->store, GW_LANE_VERB, &self->program, step_cb,
                                 (gpointer)FIRST, NULL, &none));
  g_assert_no_error (none);
}

static gboolean
look_cb (sqlite3 *db, gpointer data, GError **error)
{
  const char *sql = data;

  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         gw_throw (error, GW_ERROR_INVALID, "%s", sqlite3_errmsg (db));
}

/* The trial in memory has what a real file has, the tables of the types too. */
static void
test_scratch (Fixture *self, gconstpointer unused)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autoptr (GPtrArray) types = g_ptr_array_new ();
  g_autofree char *own = g_strdup_printf ("SELECT id FROM %s", type->table);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (types, type);
  g_assert_true (gw_scratch_run (types, look_cb,
                                 (gpointer) "SELECT m.area, a.level FROM matter m, area a",
                                 &error));
  g_assert_no_error (error);
  g_assert_true (gw_scratch_run (types, look_cb, own, &error));
  g_assert_no_error (error);
  g_assert_false (gw_scratch_run (types, look_cb, (gpointer) "SELECT nothing FROM matter", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/store/module-step/kept", test_kept);
  FIXTURE_ADD ("/store/module-step/failed", test_failed);
  FIXTURE_ADD ("/store/module-step/scratch", test_scratch);
  return g_test_run ();
}
