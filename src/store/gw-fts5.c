/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-fts5.h"

/* The documented way to FTS5's table of functions: a pointer bound to SELECT fts5 (?). */
static int
find_fts5 (sqlite3 *db, fts5_api **api)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL);

  *api = NULL;
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_pointer (statement, 1, api, "fts5_api_ptr", NULL);
  if (rc == SQLITE_OK)
    (void)sqlite3_step (statement);
  sqlite3_finalize (statement);
  return rc == SQLITE_OK && *api == NULL ? SQLITE_ERROR : rc;
}

int
gw_fts5_add_tokenizer (sqlite3 *db, const char *name, fts5_tokenizer *functions)
{
  fts5_api *api;
  int rc = find_fts5 (db, &api);

  return rc == SQLITE_OK ? api->xCreateTokenizer (api, name, NULL, functions, NULL) : rc;
}

static int
collect_row (const Fts5ExtensionApi *api, Fts5Context *row, void *data)
{
  const GwFts5Sink *sink = data;

  return sink->func (api->xRowid (row), sink->data) ? SQLITE_OK : SQLITE_DONE;
}

static void
collect (const Fts5ExtensionApi *api,
         Fts5Context *fts5,
         sqlite3_context *context,
         int n_values,
         sqlite3_value **values)
{
  GwFts5Sink *sink = n_values == 1 ? sqlite3_value_pointer (values[0], GW_FTS5_SINK) : NULL;
  int rc = sink != NULL ? api->xQueryPhrase (fts5, 0, sink, collect_row) : SQLITE_MISUSE;

  if (rc != SQLITE_OK)
    sqlite3_result_error_code (context, rc);
}

int
gw_fts5_add_collect (sqlite3 *db)
{
  fts5_api *api;
  int rc = find_fts5 (db, &api);

  return rc == SQLITE_OK ? api->xCreateFunction (api, "gw_collect", NULL, collect, NULL) : rc;
}
