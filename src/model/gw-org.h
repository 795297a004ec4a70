/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Organisations that matters are routed to. */

#include "gw-area.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 id;     /* dense, from 1 */
  guint32 parent; /* 0 = none */
  guint32 area;   /* 0 = whole district */
  char *code;     /* owned, "510903-SFJ" */
  char *name;     /* owned */
  char *kind; /* owned: party government department court procuratorate mass_org street community
                 enterprise social_org mediation legal_service team alliance other */
  gint32 valid_from, valid_to;
} GwOrg;

void gw_org_free (GwOrg *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwOrg, gw_org_free)

/* The ids that GwOrg.kind may hold; NULL-terminated. */
const char *const *gw_org_kinds (void);

/* An account is a post at a desk, never a person's name. */
typedef struct
{
  guint32 id;
  guint32 org;
  char *login;        /* owned, "intake" */
  char *label;        /* owned, post: "受理岗" */
  guint32 roles;      /* bit set of 1 << GwRole */
  guint32 scope_area; /* subtree the account may see and act in */
  gboolean active;
} GwAccount;

void gw_account_free (GwAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwAccount, gw_account_free)

G_END_DECLS
