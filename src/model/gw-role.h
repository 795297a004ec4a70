/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sixteen roles of domain.md 4b.5, what each may do, and which pairs one account may not hold:
 * one declarative table. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_ROLE_INTAKE = 0,
  GW_ROLE_DISPATCHER,
  GW_ROLE_UNIT_HANDLER,
  GW_ROLE_UNIT_LEAD,
  GW_ROLE_GRID_ENTRY,
  GW_ROLE_MEDIATOR,
  GW_ROLE_VERIFIER,
  GW_ROLE_SUPERVISOR,
  GW_ROLE_DUTY_OFFICER,
  GW_ROLE_DIRECTOR,
  GW_ROLE_STATISTICIAN,
  GW_ROLE_ASSESSOR,
  GW_ROLE_LEADER_VIEW,
  GW_ROLE_PRIVACY_OFFICER,
  GW_ROLE_AUDITOR,
  GW_ROLE_SYSADMIN,
  GW_N_ROLES,
} GwRole;

typedef enum
{                             /* what a request wants to do, beside verbs */
  GW_MAY_LIST = 1 << 0,       /* see lists, map, masked detail */
  GW_MAY_READ = 1 << 1,       /* see internal text of matters in scope */
  GW_MAY_RESTRICTED = 1 << 2, /* see RESTRICTED fields of matters its unit handles */
  GW_MAY_REPORT = 1 << 3,     /* take in a new matter */
  GW_MAY_IMPORT = 1 << 4,
  GW_MAY_EXPORT = 1 << 5,
  GW_MAY_FIGURES = 1 << 6,
  GW_MAY_AUDIT = 1 << 7,   /* journal, verify */
  GW_MAY_ADMIN = 1 << 8,   /* backup, modules, accounts */
  GW_MAY_EDIT = 1 << 9,    /* correct a matter's own fields while it is open */
  GW_MAY_BACKUP = 1 << 10, /* copy the whole file to a safe place */
} GwMay;

const char *gw_role_id (GwRole role);    /* "unit_handler" */
const char *gw_role_label (GwRole role); /* translated */
gboolean gw_role_from_id (const char *id, GwRole *role);
guint32 gw_role_may (GwRole role);    /* bit set of GwMay */
guint32 gw_roles_may (guint32 roles); /* the same for all roles of a bit set together */
/* NULL when one account may hold all of @roles (bit set); else a translated sentence naming the
 * pair. */
char *gw_roles_conflict (guint32 roles);

G_END_DECLS
