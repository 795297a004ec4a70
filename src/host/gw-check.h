/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rules a module is held to, one by one, for its author and for who installs it. Everything
 * that runs code of the module runs in a process of its own. One thread only. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_CHECK_PASS,
  GW_CHECK_WARN,
  GW_CHECK_FAIL,
  GW_N_CHECKS
} GwCheckResult;

typedef struct
{
  const char *rule; /* "elf.note"; of the table of rules */
  GwCheckResult result;
  char *text; /* owned: where and what; "" for a pass */
} GwFinding;

/* (transfer full): GwFinding, at least one for each rule that could be looked at, in the order of
 * the table. A file that cannot be loaded leaves the later rules out. Blocking. */
GPtrArray *gw_check_module (const char *path);

/* The table of rules: NULL behind the last one. */
const char *gw_check_get_rule (guint i);
/* What a rule asks for, and what to do when it fails; translated. */
const char *gw_check_get_title (const char *rule);
const char *gw_check_get_mend (const char *rule);

/* (transfer full): the parts of a matter that the figures and layers of the module count by, and
 * the shared columns that its SQL reads, sorted: the data-access statement. NULL when the module
 * cannot be loaded. Blocking. */
GStrv gw_check_dup_reads (const char *path);

G_END_DECLS
