/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Codes people read aloud: the case code on the visitor's slip, and 128-bit uids. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_CASE_CODE_LENGTH 8
/* Symbols without I, L, O, 0 and 1: 31 of them, a prime, so that the weighted check symbol finds
 * every single wrong symbol and every swap of two neighbours (ISO/IEC 7064 reasoning). */
#define GW_CASE_CODE_ALPHABET "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

/* The case code of the matter with dense number @n: a keyed permutation, so that codes are unique
 * without a look-up and neighbours cannot be guessed. @out holds 9 bytes. */
void gw_case_code_make (guint64 n, guint64 key, char out[GW_CASE_CODE_LENGTH + 1]);
/* Upper-cases, drops spaces and hyphens; FALSE when length, symbol or check symbol are wrong. */
gboolean gw_case_code_normalise (const char *text, char out[GW_CASE_CODE_LENGTH + 1]);
/* The way back to the dense number, for codes made with @key. */
gboolean gw_case_code_number (const char *code, guint64 key, guint64 *n);

typedef struct
{
  guint8 bytes[16];
} GwUid;
/* UUID version 7: 48-bit milliseconds, then @random bits. */
void gw_uid_make (GwUid *uid, gint64 unix_ms, const guint8 random[10]);
char *gw_uid_format (const GwUid *uid); /* 8-4-4-4-12 hex */
gboolean gw_uid_parse (const char *text, GwUid *uid);

G_END_DECLS
