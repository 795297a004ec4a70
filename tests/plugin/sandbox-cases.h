/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  CASE_READ,
  CASE_MIGRATE,
  CASE_EXPRESSION,
} CaseKind;

typedef enum
{
  GOOD,
  REFUSED, /* GW_ERROR_REFUSED: understood, not allowed */
  INVALID, /* GW_ERROR_INVALID or FAILED: no such thing */
  LIMIT,   /* GW_ERROR_LIMIT: too long */
} Verdict;

typedef struct
{
  CaseKind kind;
  Verdict verdict;
  const char *sql;
  const char *mention; /* nullable: a word of the message */
} SandboxCase;

extern const SandboxCase sandbox_cases[];
extern const guint n_sandbox_cases;
