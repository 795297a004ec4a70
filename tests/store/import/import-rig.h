/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A copy of a small demo file with somebody at the desk who may import, and files to import. */

#include "gw-import-plan.h"

G_BEGIN_DECLS

#define RIG_TYPE "risk.dispute/dispute"
#define RIG_HEADER \
  "工单编号,标题,诉求内容,纠纷类型,涉及人数,受理渠道,紧急程度,受理时间,事发地址,社区代码,经度," \
  "纬度\n"

typedef struct
{
  char *folder; /* owned */
  char *path;   /* owned: the centre's file */
  GwSession *session;
} Rig;

/* Makes the demo file that the rigs copy, runs all tests, removes it. */
int rig_run (int argc, char **argv);
void rig_set_up (Rig *self, gconstpointer unused);
void rig_tear_down (Rig *self, gconstpointer unused);
#define RIG_ADD(name, func) g_test_add (name, Rig, NULL, rig_set_up, func, rig_tear_down)

/* Takes the seat of an account with that role. */
void rig_sit_down (Rig *self, GwRole role);
/* Writes a file into the folder of the rig; transfer full: its path. @length -1: text. */
char *rig_write (Rig *self, const char *name, const char *bytes, gssize length);
/* Plans what must be readable. */
GwImportPlan *rig_plan (Rig *self, const char *path);
GwImportPlan *rig_plan_text (Rig *self, const char *text);
/* All messages of a row, one a line; transfer full. */
char *rig_problems (GwImportPlan *plan, guint64 i);
/* Path of the area of a row; transfer full, nullable. */
char *rig_place (GwImportPlan *plan, guint64 i);
/* Matters in the lists. */
guint rig_count (Rig *self);
/* Counters, chain and structure are right. */
void rig_assert_sound (Rig *self);

G_END_DECLS
