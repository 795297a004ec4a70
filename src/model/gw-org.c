/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-org.h"

void
gw_org_free (GwOrg *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->name);
  g_free (self->kind);
  g_free (self);
}

void
gw_account_free (GwAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_free (self->label);
  g_free (self);
}

/* domain.md 4b.1 */
static const char *const kinds[] = { "party",         "government", "department", "court",
                                     "procuratorate", "mass_org",   "street",     "community",
                                     "enterprise",    "social_org", "mediation",  "legal_service",
                                     "team",          "alliance",   "other",      NULL };

const char *const *
gw_org_kinds (void)
{
  return kinds;
}
