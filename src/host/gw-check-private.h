/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-check.h"
#include "gw-probe-server.h"

G_BEGIN_DECLS

/* A finding more, or a pass when @text is NULL. Taken over from a format for the text. */
void gw_check_add (GPtrArray *findings,
                   const char *rule,
                   GwCheckResult result,
                   const char *format,
                   ...) G_GNUC_PRINTF (4, 5);
void gw_check_pass (GPtrArray *findings, const char *rule);

/* gw-check-elf.c: what the file says without being loaded. FALSE when it is none to load. */
gboolean gw_check_elf (GPtrArray *findings, const char *path);

/* gw-check-code.c: these run in a child. */
void gw_check_tables (GPtrArray *findings, const char *path);
void gw_check_code (GPtrArray *findings, const char *path);

G_END_DECLS
