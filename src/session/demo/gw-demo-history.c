/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One matter's life: which verbs, by whom, when. */
#include "gw-demo-matters.h"

#include "gw-demo-random.h"
#include <string.h>

enum
{
  STREAM_LEVEL = 30,
  STREAM_SOURCE,
  STREAM_TEXT,
  STREAM_VALUE,
  STREAM_PATH,
  STREAM_STAGE,
  STREAM_ADDRESS,
};

/* Share of the time from report to closing at which each step is done, in thousandths. */
typedef struct
{
  GwVerb verb;
  guint at;
} Step;

static const Step unit_road[] = {
  { GW_VERB_FILE, 20 },  { GW_VERB_DISPATCH, 40 }, { GW_VERB_SIGN, 110 },
  { GW_VERB_DONE, 720 }, { GW_VERB_PASS, 850 },    { GW_VERB_RECORD, 1000 },
};
static const Step returned_road[] = {
  { GW_VERB_FILE, 20 },      { GW_VERB_DISPATCH, 40 }, { GW_VERB_RETURN, 90 },
  { GW_VERB_DISPATCH, 130 }, { GW_VERB_SIGN, 200 },    { GW_VERB_DONE, 740 },
  { GW_VERB_PASS, 860 },     { GW_VERB_RECORD, 1000 },
};
static const Step failed_road[] = {
  { GW_VERB_FILE, 20 },  { GW_VERB_DISPATCH, 40 }, { GW_VERB_SIGN, 100 }, { GW_VERB_DONE, 480 },
  { GW_VERB_FAIL, 560 }, { GW_VERB_DONE, 800 },    { GW_VERB_PASS, 900 }, { GW_VERB_RECORD, 1000 },
};
static const Step paused_road[] = {
  { GW_VERB_FILE, 20 },   { GW_VERB_DISPATCH, 40 }, { GW_VERB_SIGN, 100 },
  { GW_VERB_PAUSE, 250 }, { GW_VERB_RESUME, 450 },  { GW_VERB_DONE, 760 },
  { GW_VERB_PASS, 870 },  { GW_VERB_RECORD, 1000 },
};
static const Step desk_road[] = {
  { GW_VERB_SOLVE, 500 },
  { GW_VERB_PASS, 750 },
  { GW_VERB_RECORD, 1000 },
};

typedef struct
{
  GwDemoMatters *matters;
  GwDesk *desk;
  const GwDemoFact *fact;
  const GwDemoCategory *category;
  GwCase *matter_case;
  guint32 lead;
} Life;

static guint64
random_of (const GwDemoMatters *self, const GwDemoFact *fact, guint purpose)
{
  return gw_demo_random (self->seed, fact->category, purpose, fact->index);
}

/* ---- the matter itself ---- */

static const GwDemoText *
text_of (const GwDemoMatters *self, const GwDemoFact *fact, const GwDemoCategory *category)
{
  return g_ptr_array_index (category->texts, gw_demo_below (random_of (self, fact, STREAM_TEXT),
                                                            category->texts->len));
}

/* "电江路社区居委会" is an office, "电江路社区" the place people speak of. */
static char *
spoken_name (const char *name)
{
  if (g_str_has_suffix (name, "居委会"))
    return g_strndup (name, strlen (name) - strlen ("居委会"));
  if (g_str_has_suffix (name, "村委会"))
    return g_strndup (name, strlen (name) - strlen ("委会"));
  return g_strdup (name);
}

static const char *
share_pick (guint64 random, const char *const *names, const guint *shares)
{
  guint value = (guint)gw_demo_below (random, 1000);

  while (value >= *shares)
    {
      value -= *shares;
      shares++;
      names++;
    }
  return *names;
}

static void
set_dispute_values (GwMatter *matter, const GwDemoText *text, guint64 random)
{
  static const char *const bands[] = { "b2", "b3_9", "b10_49", "b50" };
  static const guint band_shares[] = { 550, 300, 120, 30 };
  static const char *const ways[] = { "peoples_mediation", "industry_mediation",
                                      "administrative_mediation", "court_mediation", "advice" };
  static const guint way_shares[] = { 620, 130, 120, 80, 50 };

  matter->values = gw_values_new ();
  g_hash_table_insert (matter->values, g_strdup ("dtype"), g_strdup (text->code));
  g_hash_table_insert (matter->values, g_strdup ("persons_band"),
                       g_strdup (share_pick (random, bands, band_shares)));
  g_hash_table_insert (matter->values, g_strdup ("way"),
                       g_strdup (share_pick (gw_demo_mix (random), ways, way_shares)));
}

static void
set_texts (const GwDemoMatters *self,
           const GwDemoFact *fact,
           const GwDemoCategory *category,
           GwMatter *matter)
{
  const GwDemoText *text = text_of (self, fact, category);
  guint32 comm = gw_area_tree_ancestor (self->tree, fact->area, GW_LEVEL_COMMUNITY);
  g_autofree char *place = spoken_name (gw_area_tree_get (self->tree, comm)->name);
  guint house = 1 + (guint)gw_demo_below (random_of (self, fact, STREAM_ADDRESS), 180);

  matter->title = g_strconcat (place, text->title, NULL);
  matter->summary = g_strdup (text->summary);
  matter->address = g_strdup_printf ("%s%u号附近", place, house);
  if (text->code[0] != '\0')
    set_dispute_values (matter, text, random_of (self, fact, STREAM_VALUE));
}

static GwMatter *
matter_of (const GwDemoMatters *self, const GwDemoFact *fact, const GwDemoCategory *category)
{
  static const char *const sources[] = { "grid", "visit", "hotline", "dept", "online" };
  static const guint source_shares[] = { 480, 220, 160, 90, 50 };
  GwMatter *matter = gw_matter_new ();
  guint level = (guint)gw_demo_below (random_of (self, fact, STREAM_LEVEL), 1000);

  matter->type = self->type_numbers[fact->category];
  matter->area = fact->area;
  matter->has_point = fact->x != GW_LATTICE_NONE;
  matter->x = matter->has_point ? fact->x : 0;
  matter->y = matter->has_point ? fact->y : 0;
  matter->precision = matter->has_point ? GW_PRECISION_BUILDING : GW_PRECISION_COMMUNITY;
  matter->level = level < 620 ? 1 : (level < 900 ? 2 : 3);
  matter->urgency = level % 50 == 7 ? GW_URGENCY_URGENT : GW_URGENCY_NORMAL;
  matter->severity = level % 40 == 3 ? GW_SEVERITY_LARGER : GW_SEVERITY_GENERAL;
  matter->sensitivity = GW_SENSITIVITY_INTERNAL;
  matter->source =
      g_strdup (share_pick (random_of (self, fact, STREAM_SOURCE), sources, source_shares));
  matter->occurred = fact->reported - (gint64)(level * 37);
  set_texts (self, fact, category, matter);
  return matter;
}

/* ---- who does it ---- */

static guint32
lead_of (const Life *life)
{
  const GwDemoDistrict *district = life->matters->district;
  guint32 town = gw_area_tree_ancestor (life->matters->tree, life->matter_case->matter->area,
                                        GW_LEVEL_TOWNSHIP);

  if (g_str_equal (life->category->lead, "street"))
    return GPOINTER_TO_UINT (g_hash_table_lookup (district->street_of, GUINT_TO_POINTER (town)));
  return GPOINTER_TO_UINT (g_hash_table_lookup (district->lead_orgs, life->category->lead));
}

static GwActor
actor_of (const Life *life, GwVerb verb)
{
  const GwDemoDistrict *d = life->matters->district;
  GwActor centre = { .org = d->centre, .purpose = "demo" };

  switch ((guint)verb)
    {
    case GW_VERB_SUBMIT:
    case GW_VERB_RECORD:
      centre.account = d->intake;
      centre.role = GW_ROLE_INTAKE;
      return centre;
    case GW_VERB_SOLVE:
      centre.account = d->duty;
      centre.role = GW_ROLE_DUTY_OFFICER;
      return centre;
    case GW_VERB_FILE:
    case GW_VERB_DISPATCH:
    case GW_VERB_ARCHIVE:
      centre.account = d->dispatcher;
      centre.role = GW_ROLE_DISPATCHER;
      return centre;
    case GW_VERB_PASS:
    case GW_VERB_FAIL:
      return (GwActor){
        .account = d->verifier, .org = d->verify_org, .role = GW_ROLE_VERIFIER, .purpose = "demo"
      };
    default:
      return (GwActor){ .account = g_array_index (d->handlers, guint32, life->lead),
                        .org = life->lead,
                        .role = GW_ROLE_UNIT_HANDLER,
                        .purpose = "demo" };
    }
}

/* ---- what is said with it ---- */

static void
fill_record (GwVerbRequest *request, guint64 random)
{
  static const char *const answers[] = { "satisfied", "fair", "declined", "not_reached" };
  static const guint answer_shares[] = { 830, 110, 25, 35 };

  request->channel = g_strdup (random % 5 == 0 ? "visit" : "phone");
  request->answer = g_strdup (share_pick (random, answers, answer_shares));
  request->solved = g_strdup (g_str_equal (request->answer, "satisfied") ? "yes" : "partly");
}

static void
fill_request (const Life *life, GwVerbRequest *request)
{
  guint64 random = random_of (life->matters, life->fact, STREAM_VALUE + 100 + request->verb);

  switch ((guint)request->verb)
    {
    case GW_VERB_DISPATCH:
      request->org = life->lead;
      break;
    case GW_VERB_RETURN:
      request->reason_code = g_strdup (gw_reason_codes (GW_VERB_RETURN)[0]);
      request->reason = g_strdup ("不属于本单位职责，请改派");
      break;
    case GW_VERB_PAUSE:
      request->reason_code = g_strdup (gw_reason_codes (GW_VERB_PAUSE)[0]);
      request->days = 10;
      break;
    case GW_VERB_DONE:
      request->result = g_strdup ("已现场处理，双方认可处理结果，资料已留存");
      break;
    case GW_VERB_SOLVE:
      request->result = g_strdup ("当场处理完毕，已告知结果");
      break;
    case GW_VERB_FAIL:
      request->reason = g_strdup ("现场核查仍有遗留问题，请继续处理");
      break;
    case GW_VERB_RECORD:
      fill_record (request, random);
      break;
    default:
      break;
    }
}

static gboolean
step (Life *life, GwVerb verb, gint64 at, GError **error)
{
  g_autoptr (GwVerbRequest) request = gw_verb_request_new (0, verb);
  GwActor actor = actor_of (life, verb);

  fill_request (life, request);
  return gw_case_apply (life->matter_case, gw_desk_world (life->desk), &actor, request, at, error);
}

/* ---- the road ---- */

static const Step *
road_of (const Life *life, guint *n)
{
  guint value = (guint)gw_demo_below (random_of (life->matters, life->fact, STREAM_PATH), 1000);

#define ROAD(road) \
  do \
    { \
      *n = G_N_ELEMENTS (road); \
      return road; \
    } \
  while (0)
  if (life->category->profile >= 3 || value < 120)
    ROAD (desk_road);
  if (value < 160)
    ROAD (returned_road);
  if (value < 190)
    ROAD (failed_road);
  if (value < 210)
    ROAD (paused_road);
  ROAD (unit_road);
#undef ROAD
}

static gboolean
walk_closed (Life *life, GError **error)
{
  gint64 start = life->fact->reported, length = life->fact->closed - start;
  guint n;
  const Step *steps = road_of (life, &n);

  for (guint i = 0; i < n; i++)
    if (!step (life, steps[i].verb, start + length * steps[i].at / 1000, error))
      return FALSE;
  /* Most files are completed within ten days of closing. */
  if (random_of (life->matters, life->fact, STREAM_STAGE) % 10 < 8)
    return step (life, GW_VERB_ARCHIVE,
                 life->fact->closed +
                     (gint64)gw_demo_below (random_of (life->matters, life->fact, STREAM_STAGE),
                                            10 * 86400),
                 error);
  return TRUE;
}

/* An open matter has come as far as chance says; the steps so far took working hours, not years. */
static gboolean
walk_open (Life *life, GError **error)
{
  static const guint stage_shares[] = { 80, 150, 300, 880, 1000 }; /* steps done: 0 1 2 3 4 */
  guint value = (guint)gw_demo_below (random_of (life->matters, life->fact, STREAM_STAGE), 1000);
  guint n_steps = 0;

  while (value >= stage_shares[n_steps])
    n_steps++;
  for (guint i = 0; i < n_steps; i++)
    if (!step (life, unit_road[i].verb,
               life->fact->reported + (gint64)(i + 1) * 5400 + (gint64)value, error))
      return FALSE;
  return TRUE;
}

GwCase *
gw_demo_matters_case (GwDemoMatters *self, GwDesk *desk, guint i, GError **error)
{
  const GwDemoFact *fact = &g_array_index (self->facts, GwDemoFact, i);
  Life life = { .matters = self,
                .desk = desk,
                .fact = fact,
                .category = g_ptr_array_index (self->table->categories, fact->category) };
  GwActor reporter = actor_of (&life, GW_VERB_SUBMIT);
  g_autoptr (GwCase) matter_case = gw_desk_new_case (desk, matter_of (self, fact, life.category),
                                                     &reporter, fact->reported, error);

  if (matter_case == NULL)
    return NULL;
  life.matter_case = matter_case;
  life.lead = lead_of (&life);
  if (fact->closed == G_MAXINT64 ? !walk_open (&life, error) : !walk_closed (&life, error))
    return NULL;
  return g_steal_pointer (&matter_case);
}
