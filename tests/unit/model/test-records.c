/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-records.h"

/* What these records own goes with them: the leak checker is the judge. */
static void
test_records_own_their_texts (void)
{
  GwDraft *draft = g_new0 (GwDraft, 1);
  GwBatch *batch = g_new0 (GwBatch, 1);
  GwVerifyReport report = { .problem = g_strdup ("broken at 7"), .first_bad = 7 };

  draft->kind = g_strdup ("intake");
  draft->payload = g_strdup ("{}");
  gw_draft_free (draft);
  batch->file_name = g_strdup ("hotline.csv");
  batch->type = g_strdup ("risk.dispute/dispute");
  batch->sha256 = g_strdup ("00");
  gw_batch_free (batch);
  gw_draft_free (NULL);
  gw_batch_free (NULL);

  gw_verify_report_clear (&report);
  g_assert_null (report.problem);
  g_assert_cmpint (report.first_bad, ==, 7);
  gw_verify_report_clear (&report); /* twice is fine */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/own-their-texts", test_records_own_their_texts);
  return g_test_run ();
}
