"""Logging: one line per event, JSON in production; ids only, never what people wrote."""

import logging.config
import re

import structlog

_SECRET = re.compile(
    r"(/(?:supervision/invitations|requests/answer|password/reset/key|confirm-email|e|calendar)/)[^/\s\"']+"
)
"""Addresses whose last part lets its bearer in."""


def hide_secrets(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Cut the secret out of every address that has one, whoever writes the line."""
    return {name: _SECRET.sub(r"\1...", value) if isinstance(value, str) else value for name, value in event.items()}


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
"""What every line tells, whoever wrote it."""


def configure(*, level: str, plain: bool) -> None:
    """Send structlog and the standard library's loggers through one renderer to stderr."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": _line(plain=plain)},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": level.upper()},
            # At DEBUG these write down all that a page knows, and what stands in statements: private, at every level.
            # urllib3 names the address that it calls, of feeds, devices and webhooks, also in its warnings.
            "loggers": {
                "django.template": {"level": "INFO"},
                "django.db.backends": {"level": "INFO"},
                "urllib3": {"level": "ERROR"},
            },
        }
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _line(*, plain: bool) -> dict[str, object]:
    """Describe the formatter: words for people, JSON for machines."""
    renderer = structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer()
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_secrets,
            renderer,
        ],
    }
