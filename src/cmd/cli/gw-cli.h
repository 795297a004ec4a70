/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* gridwork-cli: one command, one session, one exit status. */

#include "gw-session.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_EXIT_DONE = 0,
  GW_EXIT_REFUSED = 1,  /* some rows or the step were refused, or a file did not verify */
  GW_EXIT_UNUSABLE = 2, /* usage, or an input that cannot be used */
} GwExit;

/* Everything the options can say; owned by main. */
typedef struct
{
  gboolean json, dry_run, safe_mode;
  char *as;    /* LOGIN[:ROLE] */
  char *clock; /* --test-clock */
  gint64 rows, seed;
  char *type, *state, *area, *text, *crs, *encoding, *sheet, *purpose;
  gint limit;
  char *org, *reason, *reason_code, *other_way, *result, *answer, *solved, *channel, *note, *master;
  gint days, level;
  char **set;       /* FIELD=VALUE of correct and submit */
  char **arguments; /* what is left: FILE … */
} GwCliOptions;

typedef GwExit (*GwCliFunc) (const GwCliOptions *options, char **arguments, guint n_arguments);

/* One command each, named as on the command line: prints what it found or did to standard output
 * (JSON with --json), what went wrong to standard error. */
GwExit gw_cli_demo (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_figures (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_import (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_undo (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_list (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_show (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_verb (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_export (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_verify (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_backup (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_modules (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_enable (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_disable (const GwCliOptions *options, char **arguments, guint n);
GwExit gw_cli_retry (const GwCliOptions *options, char **arguments, guint n);

/* Opens the file and takes the seat of --as. Prints the error itself; NULL then. */
GwSession *gw_cli_open (const GwCliOptions *options,
                        const char *path,
                        GwSessionFlags flags,
                        GwExit *status);
/* The filter of --type --state --area --text; NULL and a message when one of them is unknown. */
GwFilter *gw_cli_filter (const GwCliOptions *options, GwSession *session);
/* Prints the error to standard error (and as JSON when asked) and gives the exit status for its
 * code. */
GwExit gw_cli_fail (const GwCliOptions *options, const GError *error);
/* Prints and frees the builder's document. */
void gw_cli_print_json (JsonBuilder *builder);
void gw_cli_json_string (JsonBuilder *builder,
                         const char *name,
                         const char *value); /* NULL: null */

G_END_DECLS
