"""Ada's search so far: 22 applications under way and 6 that are closed. All of it is invented."""

import datetime as dt

from applications.stage import Outcome, Stage
from tracker.demo_data import fits, learned, terms
from tracker.demo_data.shapes import Entry, Role, Round

_IN, _PREP, _SENT = Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED
_TALKS, _OFFER, _CLOSED = Stage.INTERVIEWING, Stage.OFFER, Stage.CLOSED
_THREE, _HALF_PAST_TEN, _TWO = dt.time(15), dt.time(10, 30), dt.time(14)

SCHEME = "The Alan Turing Institute"

INTERESTED = (
    Role("Helio Research", "Research Intern, Diffusion", "Zürich", ((-12, _IN),), source="conference", closes=10,
         next_step="Ask Priya Raman for a referral", next_step_by=0, weeks=16,
         notes="Priya wrote two of the papers on my list. She said at the workshop that referrals open first.",
         fit=fits.HELIO,
         log=(Entry(-12, "note", "Met Priya Raman at the poster session. She asked for my preprint."),)),
    Role("Brightwater Health", "PhD Intern, Causal ML", "London", ((-9, _IN),), source="list", closes=35,
         next_step="Read the team's paper on survival curves", next_step_by=6),
    Role(SCHEME, "Enrichment scheme", "London", ((-20, _IN),), kind="scheme", source="supervisor",
         next_step="Talk to Grace about the statement", next_step_by=16, weeks=39,
         notes="It can run beside an internship search. The deadline is usually in February.",
         log=(Entry(-20, "note", "Grace suggested it: a year there, within the thesis.", is_shared=True),)),
    Role("Halden Maps", "Research Intern, Geospatial Models", "Oslo", ((-8, _IN),), source="list", closes=42),
    Role("Penhallow Materials", "Research Intern, Bayesian Optimisation", "Oxford", ((-6, _IN),), source="linkedin",
         closes=19, next_step="Check whether the funder allows four months", next_step_by=4),
    Role("Thistle Genomics", "Research Intern, Sequence Models", "Edinburgh", ((-5, _IN),), source="list", closes=38),
    Role("Juniper Speech", "Research Intern, Audio Understanding", "Copenhagen", ((-2, _IN),), source="company_site",
         closes=46),
)  # fmt: skip

PREPARING = (
    Role("Tidewater", "Research Intern, Speech", "Edinburgh", ((-19, _IN), (-8, _PREP)), source="company_site",
         closes=3, next_step="Submit: CV and statement are ready", next_step_by=1, weeks=14, fit=fits.TIDEWATER,
         log=(Entry(-2, "note", "Statement read by Tom and Aisha. One paragraph shorter now.", is_shared=True),)),
    Role("Ostrava Vision", "Perception Research Intern", "Remote", ((-17, _IN), (-6, _PREP)), source="list", closes=17,
         next_step="Tailor the CV to the calibration work", next_step_by=9, weeks=16),
    Role("Kestrel", "Applied Scientist Intern", "Berlin", ((-22, _IN), (-10, _PREP)), source="referral", closes=22,
         way_in="asked", referrer="Jonas Weber", on_hold=True, next_step="Wait for Jonas before applying",
         next_step_by=5, fit=fits.KESTREL, notes="Jonas says that a direct application would block the referral.",
         log=(Entry(-10, "email", "Asked Jonas for a referral. He is checking with the hiring manager."),)),
    Role("Lumen & Lark", "Research Intern, Neural Rendering", "Amsterdam", ((-15, _IN), (-4, _PREP)), source="list",
         closes=12, next_step="Make the two-page research summary", next_step_by=7),
)  # fmt: skip

APPLIED = (
    Role("Cormorant AI", "Research Scientist Intern", "London", ((-30, _IN), (-22, _PREP), (-15, _SENT)),
         source="company_site", weeks=16, fit=fits.CORMORANT,
         log=(Entry(-15, "note", "Sent with CV version 3 and the graph paper."),)),
    Role("Alder & Finch", "Quantitative Research Intern", "London", ((-18, _IN), (-11, _PREP), (-5, _SENT)),
         source="linkedin", closes=15, weeks=12, misdated=-6),
    Role("Fennel Systems", "ML Engineering Intern", "Cambridge", ((-25, _IN), (-16, _PREP), (-9, _SENT)),
         source="referral", way_in="referred", referrer="Tom Adeyemi",
         log=(Entry(-10, "call", "Tom talked me through the team and referred me the same evening."),)),
    Role("Quanta Mobility", "Applied Scientist Intern", "Paris", ((-29, _IN), (-20, _PREP), (-13, _SENT)),
         source="conference", weeks=24),
    Role("Weir Analytics", "Research Intern, Differential Privacy", "Manchester",
         ((-40, _IN), (-27, _SENT)), source="list", late=((-33, _PREP),),
         log=(Entry(-12, "email", "One short note to the recruiter. No reply yet."),)),
    Role("Saltmarsh Energy", "Research Intern, Grid Forecasting", "Bristol", ((-13, _IN), (-7, _PREP), (-2, _SENT)),
         source="company_site"),
)  # fmt: skip

INTERVIEWING = (
    Role("Northlight Labs", "Research Intern, Graph Learning", "Cambridge",
         ((-46, _IN), (-38, _PREP), (-31, _SENT), (-21, _TALKS)), source="conference", way_in="referred",
         referrer="Dr L. Okafor", closes=6, weeks=17, fit=fits.NORTHLIGHT, talks=learned.TEAMS,
         notes="Ask about the publication policy and who I would work with.",
         log=(Entry(-33, "email", "Dr Okafor agreed to refer me; we met at the geometry workshop in July."),
              Entry(-31, "note", "Applied with CV version 3 and Dr Okafor's referral code."),
              Entry(-13, "note", "Coding round: shortest paths with constraints. Felt steady; rushed the tests."),
              Entry(-11, "email", "Dr Sato asks for a five-minute talk on my thesis idea.", is_shared=True)),
         rounds=(Round("recruiter", -20, _HALF_PAST_TEN, 30, "recruiter", "Jo Lindgren", "Video call", "passed",
                       learned=learned.RECRUITER),
                 Round("coding", -13, _TWO, 60, "engineer", "", "Shared editor", "passed", learned=learned.CODING),
                 Round("research", 2, _THREE, 60, "researcher", "Dr Hana Sato", "Video call",
                       notes="Five-minute talk; expect questions about the ICLR paper.", ready=0.6),
                 Round("team_match"))),
    Role("Marram Robotics", "Robot Learning Intern", "Bristol",
         ((-42, _IN), (-34, _PREP), (-26, _SENT), (-12, _TALKS)), source="list", weeks=16,
         next_step="Read the two papers on dexterous hands", next_step_by=6,
         log=(Entry(-12, "email", "Recruiter wants to talk this week."),),
         rounds=(Round("recruiter", -10, _TWO, 30, "recruiter", "Ben Achterberg", "Phone", "passed"),
                 Round("coding", -1, _HALF_PAST_TEN, 60, "engineer", "", "Shared editor", "done"),
                 Round("fundamentals"), Round("research"))),
    Role("Sable Compute", "ML Systems Research Intern", "Remote",
         ((-37, _IN), (-28, _PREP), (-19, _SENT), (-3, _TALKS)), source="linkedin",
         next_step="Choose a slot for the first call", next_step_by=3,
         log=(Entry(-3, "email", "They offer three slots next week, all in the afternoon Pacific time."),),
         rounds=(Round("recruiter", with_whom="recruiter", zone="America/Los_Angeles"), Round("coding"))),
)  # fmt: skip

OFFER = (
    Role("Veridian", "Research Intern, NLP", "Dublin",
         ((-55, _IN), (-50, _PREP), (-45, _SENT), (-32, _TALKS), (-4, _OFFER)), source="referral", way_in="referred",
         referrer="Aoife Brennan", next_step="Ask for the month's notice in writing", next_step_by=6, weeks=16,
         fit=fits.VERIDIAN, terms=terms.VERIDIAN,
         log=(Entry(-4, "call", "Offer by phone: sixteen weeks from June, papers allowed with a month's notice."),),
         rounds=(Round("recruiter", -32, _TWO, 30, "recruiter", "Ciara Nolan", "Phone", "passed", "Europe/Dublin"),
                 Round("fundamentals", -25, _THREE, 45, "engineer", "", "Video call", "passed", "Europe/Dublin",
                       learned=learned.FUNDAMENTALS),
                 Round("research", -14, _THREE, 60, "panel", "Reading team", "Video call", "passed", "Europe/Dublin",
                       learned=learned.READING_TEAM))),
    Role("Halden Maps", "PhD Intern, Routing on Graphs", "Oslo",
         ((-51, _IN), (-48, _PREP), (-42, _SENT), (-28, _TALKS), (-1, _OFFER)), source="conference",
         next_step="Ask Dr Haug who is there in July", next_step_by=7, weeks=20, fit=fits.HALDEN, terms=terms.HALDEN,
         log=(Entry(-1, "email", "Offer by mail: twenty weeks in Oslo, everything open source."),),
         rounds=(Round("talk", -20, _TWO, 45, "panel", "Routing team", "Video call", "passed", "Europe/Oslo"),
                 Round("coding", -12, _HALF_PAST_TEN, 60, "engineer", "", "Shared editor", "passed", "Europe/Oslo"))),
)  # fmt: skip

CLOSED = (
    Role("Calder Robotics", "Research Intern, Sim to Real", "Leeds",
         ((-52, _IN), (-47, _PREP), (-43, _SENT), (-34, _TALKS), (-17, _CLOSED)), outcome=Outcome.NOT_THIS_TIME,
         source="company_site", reason="They wanted somebody with robots at hand. The coding round was hard.",
         rounds=(Round("recruiter", -34, _TWO, 30, "recruiter", "", "Phone", "passed"),
                 Round("coding", -24, _HALF_PAST_TEN, 60, "engineer", "", "Shared editor", "not_this_time",
                       learned=learned.SECOND_CODING))),
    Role("Helio Research", "Research Intern, Optimisation", "Zürich", ((-44, _IN), (-36, _PREP), (-12, _CLOSED)),
         outcome=Outcome.ROLE_CLOSED, source="list"),
    Role("Quanta Mobility", "Research Intern, Routing", "Paris", ((-53, _PREP), (-49, _SENT), (-5, _CLOSED)),
         outcome=Outcome.NO_REPLY, source="linkedin"),
    Role("Cormorant AI", "Research Intern, Reinforcement Learning", "London",
         ((-54, _IN), (-48, _PREP), (-41, _SENT), (-23, _CLOSED)), outcome=Outcome.NOT_THIS_TIME, source="list"),
    Role("Brightwater Health", "Data Science Intern, Trials", "London", ((-39, _IN), (-31, _PREP), (-16, _CLOSED)),
         outcome=Outcome.WITHDREW, source="company_site", reason="No research in it after all."),
    Role("Fennel Systems", "Software Intern, Storage", "Cambridge", ((-35, _IN), (-18, _CLOSED)),
         outcome=Outcome.ROLE_CLOSED, source="list"),
)  # fmt: skip

ROLES = (*INTERESTED, *PREPARING, *APPLIED, *INTERVIEWING, *OFFER, *CLOSED)
