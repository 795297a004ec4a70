/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-role.h"

#include <glib/gi18n-lib.h>

#define BIT(name) (1u << GW_ROLE_##name)

/* Rights by group, so that a row below reads as a sentence. */
#define SEES (GW_MAY_LIST | GW_MAY_READ | GW_MAY_FIGURES)
#define HANDLES (SEES | GW_MAY_RESTRICTED | GW_MAY_EDIT)

/* In the order of GwRole. Source: domain.md 4b.5; leader_view sees aggregates and masked lists,
 * auditor only the journal, sysadmin no content at all. */
static const struct
{
  const char *id;
  const char *label;
  guint32 may;
} roles[GW_N_ROLES] = {
  { "intake", N_ ("Intake clerk"), SEES | GW_MAY_REPORT | GW_MAY_IMPORT | GW_MAY_EDIT },
  { "dispatcher", N_ ("Dispatcher"), SEES | GW_MAY_IMPORT | GW_MAY_EXPORT | GW_MAY_EDIT },
  { "unit_handler", N_ ("Unit handler"), HANDLES | GW_MAY_REPORT },
  { "unit_lead", N_ ("Head of unit"), HANDLES | GW_MAY_REPORT | GW_MAY_EXPORT },
  { "grid_entry", N_ ("Grid entry clerk"), SEES | GW_MAY_REPORT },
  { "mediator", N_ ("Mediator"), HANDLES },
  { "verifier", N_ ("Verifier"), SEES },
  { "supervisor", N_ ("Supervisor"), SEES | GW_MAY_RESTRICTED | GW_MAY_EXPORT },
  { "duty_officer", N_ ("Duty officer"),
    SEES | GW_MAY_REPORT | GW_MAY_IMPORT | GW_MAY_EXPORT | GW_MAY_EDIT | GW_MAY_BACKUP },
  { "director", N_ ("Director of the centre"),
    SEES | GW_MAY_IMPORT | GW_MAY_EXPORT | GW_MAY_AUDIT | GW_MAY_EDIT | GW_MAY_BACKUP },
  { "statistician", N_ ("Statistician"), GW_MAY_LIST | GW_MAY_FIGURES | GW_MAY_EXPORT },
  { "assessor", N_ ("Assessor"), GW_MAY_LIST | GW_MAY_FIGURES | GW_MAY_EXPORT },
  { "leader_view", N_ ("Leader (view only)"), GW_MAY_LIST | GW_MAY_FIGURES },
  { "privacy_officer", N_ ("Privacy officer"), GW_MAY_AUDIT },
  { "auditor", N_ ("Auditor"), GW_MAY_AUDIT },
  { "sysadmin", N_ ("System administrator"), GW_MAY_ADMIN | GW_MAY_BACKUP },
};

#define HANDLERS (BIT (UNIT_HANDLER) | BIT (UNIT_LEAD) | BIT (MEDIATOR))
#define WITH_CONTENT \
  (BIT (INTAKE) | BIT (DISPATCHER) | HANDLERS | BIT (GRID_ENTRY) | BIT (VERIFIER) | \
   BIT (SUPERVISOR) | BIT (DUTY_OFFICER) | BIT (DIRECTOR) | BIT (STATISTICIAN) | BIT (ASSESSOR) | \
   BIT (LEADER_VIEW))
#define WRITING ((WITH_CONTENT & ~BIT (LEADER_VIEW)) | BIT (PRIVACY_OFFICER) | BIT (SYSADMIN))

/* domain.md 4b.5: handler+verifier, supervisor+handler, assessor+unit lead, sysadmin+content,
 * auditor+anything that writes. A mediator and the head of a unit handle as well. */
static const struct
{
  guint32 one;
  guint32 other;
} forbidden[] = {
  { HANDLERS, BIT (VERIFIER) },        { BIT (SUPERVISOR), HANDLERS },
  { BIT (ASSESSOR), BIT (UNIT_LEAD) }, { BIT (SYSADMIN), WITH_CONTENT },
  { BIT (AUDITOR), WRITING },
};

const char *
gw_role_id (GwRole role)
{
  g_return_val_if_fail ((guint)role < GW_N_ROLES, NULL);

  return roles[role].id;
}

const char *
gw_role_label (GwRole role)
{
  g_return_val_if_fail ((guint)role < GW_N_ROLES, NULL);

  return _ (roles[role].label);
}

gboolean
gw_role_from_id (const char *id, GwRole *role)
{
  for (guint i = 0; id != NULL && i < GW_N_ROLES; i++)
    if (g_str_equal (roles[i].id, id))
      {
        *role = (GwRole)i;
        return TRUE;
      }
  return FALSE;
}

guint32
gw_role_may (GwRole role)
{
  g_return_val_if_fail ((guint)role < GW_N_ROLES, 0);

  return roles[role].may;
}

guint32
gw_roles_may (guint32 bits)
{
  guint32 may = 0;

  for (guint i = 0; i < GW_N_ROLES; i++)
    if (bits & (1u << i))
      may |= roles[i].may;
  return may;
}

static GwRole
lowest_role (guint32 bits)
{
  return (GwRole)g_bit_nth_lsf (bits, -1);
}

char *
gw_roles_conflict (guint32 bits)
{
  if (bits >> GW_N_ROLES != 0)
    return g_strdup (_ ("the account holds a role that this program does not know"));

  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      guint32 one = bits & forbidden[i].one;
      guint32 other = bits & forbidden[i].other;

      if (one != 0 && other != 0)
        return g_strdup_printf (
            _ ("one account may not hold the roles “%s” and “%s”; give one of them to another "
               "account"),
            gw_role_label (lowest_role (one)), gw_role_label (lowest_role (other)));
    }
  return NULL;
}
