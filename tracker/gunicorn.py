"""Gunicorn's settings: `gunicorn --config python:tracker.gunicorn`; docs/operating.md says why."""

import os
from pathlib import Path

wsgi_app = "tracker.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")

# Threads, because requests wait for the database; two processes survive one that hangs.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 25
keepalive = 5  # seconds; a proxy in front should use less
limit_request_line = 8_190  # the most there is: a phone's share sheet puts a text into the address

# A process that has grown is replaced; the jitter keeps both from going at once.
max_requests = 5_000
max_requests_jitter = 500

# The heartbeat file must lie in memory: on a slow disk a healthy worker looks dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes its own file there

# The application logs requests itself, with who asked and without query strings.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
