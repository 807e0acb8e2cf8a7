"""The product's own numbers: intervals, sizes of pages, limits. The code reads them as `settings.WAYMARK_...`."""

import datetime as dt

WAYMARK_TICK_SECONDS = 60
WAYMARK_LOOK_BACK = dt.timedelta(hours=72)
WAYMARK_LOOK_AHEAD = dt.timedelta(hours=24)
WAYMARK_LEASE = dt.timedelta(seconds=120)
WAYMARK_BATCH = 100  # mails of one claim; the journal, not this, bounds what a killed sender repeats
WAYMARK_RETRY_AFTER_MINUTES = (1, 2, 5, 15, 60)
WAYMARK_GIVE_UP_AFTER = dt.timedelta(hours=24)
WAYMARK_MAILS_PER_DAY = 3
WAYMARK_OVER_DAILY_NUMBER = dt.timedelta(hours=1)
WAYMARK_JOURNAL_KEPT = dt.timedelta(days=30)
WAYMARK_GIVEN_UP_SHOWN = 100
WAYMARK_NOTICE_BATCH = 500
WAYMARK_RETIRE_MOST = 5_000  # rows of one pass; the claim asks again anyway
WAYMARK_ANALYZE_FROM = 10_000
WAYMARK_NOTICE_PAGE = 50
WAYMARK_QUIET_WEEK = dt.timedelta(days=7)
WAYMARK_DEEDS = dt.timedelta(days=14)  # how long the links of a letter act, except those that stop
WAYMARK_SAMPLE_AGAIN = dt.timedelta(minutes=10)
WAYMARK_DRAIN_SECONDS = 45
WAYMARK_PUSH_USEFUL = dt.timedelta(hours=12)  # longer than the usual night
WAYMARK_PUSH_SECONDS = 10
WAYMARK_DEVICES = 10
WAYMARK_UNIVERSITY_KEPT = 600  # seconds for which we remember what a university says of itself
WAYMARK_UNIVERSITY_RESTS = 15  # seconds for which we do not ask one again that gave no answer
WAYMARK_WAKE_SECONDS = 2
WAYMARK_WAKE_REST_SECONDS = 30
WAYMARK_MORNING = dt.time(8)
WAYMARK_CLOSING_DAYS = 16
WAYMARK_OPENING_DAYS = 16
WAYMARK_SCHEME_DAYS = 7
WAYMARK_ACCESS_USEFUL = dt.timedelta(days=7)
WAYMARK_PLAN_MONTHS = (9, 10, 11, 12, 1, 2, 3)
WAYMARK_PLAN_LINES = 5
WAYMARK_PLAN_USEFUL = dt.timedelta(hours=36)
WAYMARK_ABSENCE_DAYS = 30
WAYMARK_DIGEST_STUDENTS = 50
WAYMARK_MILESTONE_USEFUL = dt.timedelta(days=3)  # and a follow-up
WAYMARK_SPREAD = dt.timedelta(minutes=30)  # in which the mails of one morning leave
WAYMARK_POSTING_DAYS = (7, 2)
WAYMARK_OFFER_DAYS = (7, 3, 1)
WAYMARK_INTERVIEW_SOON = dt.timedelta(hours=1)
WAYMARK_DEBRIEF_AFTER = dt.timedelta(hours=2)
WAYMARK_DEBRIEF_USEFUL = dt.timedelta(days=2)
WAYMARK_HEARTBEAT_STALE = dt.timedelta(seconds=180)
WAYMARK_OLDEST_DUE = dt.timedelta(minutes=15)
WAYMARK_ADD_NAMES = 3  # companies offered while a name is typed
WAYMARK_BOARD_PAGE = 20
WAYMARK_BOARD_MOST = 60  # cards beyond which the board names the table
WAYMARK_TABLE_PAGE = 50
WAYMARK_PRINTED = 500  # applications of the sheet for paper
WAYMARK_OWN_VIEWS = 20
WAYMARK_BULK_MOST = 2_000
WAYMARK_UNDO = dt.timedelta(minutes=10)
WAYMARK_PASTED_LINES = 20
WAYMARK_COMPANIES_TO_PICK = 24
WAYMARK_QUIET = dt.timedelta(weeks=3)
WAYMARK_CLOSING_SOON = dt.timedelta(days=14)
WAYMARK_FOLLOW_UP_WORKING_DAYS = 10
WAYMARK_TODAY_INTERVIEW = dt.timedelta(hours=48)
WAYMARK_TODAY_WEEK = dt.timedelta(days=7)
WAYMARK_TODAY_ROWS = 5
WAYMARK_TODAY_QUIET = dt.timedelta(weeks=6)
WAYMARK_TODAY_UNTOUCHED = dt.timedelta(days=21)
WAYMARK_TODAY_MARKS = dt.timedelta(days=365)
WAYMARK_TODAY_NEW = dt.timedelta(days=1)
WAYMARK_COMPANY_POSTINGS = 10
WAYMARK_OFFERS = 4
WAYMARK_STARTS_SOON = dt.timedelta(weeks=12)
WAYMARK_MERGE_UNDO = dt.timedelta(days=30)
WAYMARK_MERGES_SHOWN = 50
WAYMARK_PROPOSALS_WAITING = 50
WAYMARK_STALE_POSTING = dt.timedelta(days=21)
WAYMARK_STALE_CYCLE = dt.timedelta(days=30)
WAYMARK_STALE_FACT = dt.timedelta(days=180)
WAYMARK_CLOSE_KEPT = 100
WAYMARK_CLOSE_SHOWN = 20
WAYMARK_STALE_SHOWN = 100
WAYMARK_FEED_LEASE = dt.timedelta(minutes=16)
WAYMARK_FETCH_SECONDS = 60.0
WAYMARK_LOOK_AGAIN = dt.timedelta(hours=1)
WAYMARK_LOOKS_SHOWN = 100
WAYMARK_BOARDS_SHOWN = 20
WAYMARK_LINK_EVERY = dt.timedelta(days=7)
WAYMARK_LINKS_AT_ONCE = 200
WAYMARK_LINK_PAUSE = 1.0
WAYMARK_LINK_SECONDS = 10.0
WAYMARK_LINK_TIME = dt.timedelta(minutes=12)
WAYMARK_PROPOSALS_SHOWN = 100
WAYMARK_CURATED_USEFUL = dt.timedelta(days=7)
WAYMARK_DUPLICATES_SHOWN = 200
WAYMARK_SEARCH_EACH = 5
WAYMARK_IMPORT_BYTES = 128 * 1024 * 1024
WAYMARK_IMPORT_ROWS = 250_000
WAYMARK_IMPORT_BATCH = 2_000
WAYMARK_SHEET_BYTES = 5 * 1024**2  # a student's spreadsheet
WAYMARK_SHEET_ROWS = 20_000
WAYMARK_SHEET_COLUMNS = 60
WAYMARK_SHEET_CELL = 50_000
WAYMARK_SHEET_SECONDS = 5.0
WAYMARK_SHEET_WORDS = 40  # with more different ones a column is no stage
WAYMARK_SHEET_SITES = 100  # of links without a company that are asked whose they are
WAYMARK_SHEET_SHOWN = 50
WAYMARK_SHEET_AT_ONCE = 200  # more rows are a worker's
WAYMARK_SHEET_CHANGES = 500
WAYMARK_SHEET_LEASE = dt.timedelta(minutes=6)  # longer than a worker may work on one
WAYMARK_SHEET_UNDO = dt.timedelta(days=7)
WAYMARK_SHEET_LEFT = dt.timedelta(days=30)
WAYMARK_SHEETS_LEFT = 5
WAYMARK_INVITATION_DAYS = 14
WAYMARK_SIGN_INS_KEPT = dt.timedelta(days=90)
WAYMARK_SAME_CLICK = dt.timedelta(seconds=20)
WAYMARK_ROUNDS_APART = dt.timedelta(hours=1)
WAYMARK_PREP_LINES = 60
WAYMARK_OWN_STEPS = 40
WAYMARK_ROUND_ALARM = dt.timedelta(hours=1)
WAYMARK_FEED_BACK = dt.timedelta(days=365)
WAYMARK_FEED_CALLED_OFF = dt.timedelta(days=30)
WAYMARK_QUESTIONS_OF_ROUND = 40
WAYMARK_EARLIER_DEBRIEFS = 5
WAYMARK_TIMELINE_PAGE = 20
WAYMARK_TAGS_MOST = 10
WAYMARK_REQUIREMENTS_MOST = 60
WAYMARK_INVITATIONS_PER_DAY = 10
WAYMARK_REQUESTS_PER_DAY = 20
WAYMARK_REQUEST_LINK_DAYS = 60
WAYMARK_REQUEST_BEFORE = (7, 1)
WAYMARK_REQUEST_AGAIN = dt.timedelta(days=3)
WAYMARK_COMMENTS_SHOWN = 200
WAYMARK_INTRODUCTIONS_MOST = 100
WAYMARK_CONTACTS_MOST = 5_000
WAYMARK_LOOKUP_SECONDS = 5
WAYMARK_LOOKUP_BYTES = 2_000_000
WAYMARK_CONFERENCES_MOST = 100
WAYMARK_CONFERENCE_NAMES = 300
WAYMARK_CONTACTS_KEPT = dt.timedelta(days=548)
WAYMARK_OUTREACH_SHOWN = 20
WAYMARK_PAPERS_SHOWN = 30
WAYMARK_MILESTONES_MOST = 200
WAYMARK_FILE_BYTES = 5 * 1024**2
WAYMARK_FILES = 200
WAYMARK_FILES_BYTES = 200 * 1024**2
WAYMARK_TIDY_AFTER = dt.timedelta(hours=1)  # an upload takes seconds, an undo ten minutes
WAYMARK_LEAVING = dt.timedelta(days=14)  # to change one's mind about deleting the account
WAYMARK_ARCHIVE_KEPT = dt.timedelta(days=7)
WAYMARK_ARCHIVE_LEASE = dt.timedelta(minutes=16)
WAYMARK_ARCHIVE_TRIES = 3
WAYMARK_ARCHIVE_BYTES = 256 * 1024**2  # documents are 200 MB at most
WAYMARK_ARCHIVE_JSON = 64 * 1024**2  # of all tables together, unpacked
WAYMARK_ARCHIVE_ROWS = 200_000
WAYMARK_ARCHIVE_BATCH = 2_000
WAYMARK_ARCHIVES_PER_DAY = 10
WAYMARK_TOLD_KEPT = dt.timedelta(days=400)  # reminders that went out, and lines behind the bell
WAYMARK_TOKENS = 20
WAYMARK_TOKEN_SHOWN = dt.timedelta(days=30)  # after it ended
WAYMARK_REPLY_KEPT = dt.timedelta(days=1)
WAYMARK_WEBHOOKS = 5  # of one person
WAYMARK_WEBHOOK_SECONDS = 10.0  # for one try, with its answer
WAYMARK_WEBHOOK_RETRIES = (1, 5, 30, 120, 360, 1_440)  # minutes after each try; then it is given up
WAYMARK_WEBHOOK_REST = dt.timedelta(seconds=30)  # of an address after trouble, doubled each time
WAYMARK_WEBHOOK_REST_MOST = dt.timedelta(minutes=15)
WAYMARK_WEBHOOK_SILENT = dt.timedelta(days=5)  # of nothing but trouble: it is turned off
WAYMARK_WEBHOOK_USEFUL = dt.timedelta(days=3)  # what waits for longer is given up
WAYMARK_WEBHOOK_OLD_SECRET = dt.timedelta(days=1)
WAYMARK_WEBHOOK_KEPT = dt.timedelta(days=30)
WAYMARK_WEBHOOK_ROUND = dt.timedelta(seconds=20)  # of sending by one task
WAYMARK_WEBHOOK_PAGE = 50
WAYMARK_API_RATE = 120  # requests a minute for each token
WAYMARK_API_PAGE = 50
WAYMARK_API_PAGE_MOST = 200
