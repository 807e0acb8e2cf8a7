"""The OpenAPI description: what ninja makes of the operations, and how each of them refuses."""

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from api.problems import MEDIA_TYPE
from api.shapes.base import ProblemShape
from api.views.once import KEY
from webhooks.models import PING, EventType
from webhooks.payloads import Payload

_MADE = 201
_SHAPE = "#/components/schemas/{}"
_TOLD = {**dict(EventType.choices), PING: "A test"}
_REFUSED = {
    "description": "It is refused; `detail` says why, in a sentence for people.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
}
_KNOWN = {"description": "You have it already: If-None-Match named its ETag."}


class DescribedAPI(NinjaAPI):
    """An API whose description tells of refusals and of repetition too."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401 - as ninja has it
        """Return the description, made at the first request: nothing in it changes while a process lives."""
        if self._described is None:
            self._described = self._describe(**kwargs)
        return self._described

    def _describe(self, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401 - as ninja has it
        """Add to each operation what all have in common."""
        schema = super().get_openapi_schema(**kwargs)
        shape = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes = schema["components"]["schemas"]
        shapes |= {"ProblemShape": shape, **shape.pop("$defs", {})}
        for path in schema["paths"].values():
            for method, operation in path.items():
                operation["responses"]["4XX"] = _REFUSED
                if method == "get":
                    operation["responses"][304] = _KNOWN
                if method == "post" and _MADE in operation["responses"] and not operation.pop("x-anew", False):
                    operation["parameters"].append(KEY)
        if settings.WEBHOOKS:
            shapes |= _payload_shapes()
            schema["webhooks"] = {kind: _telling(kind, what) for kind, what in _TOLD.items()}
        return schema


def _payload_shapes() -> dict[str, Any]:
    shape = Payload.model_json_schema(ref_template=_SHAPE.format("{model}"), mode="serialization")
    return {"WebhookPayload": shape, **shape.pop("$defs")}


def _telling(kind: str, what: str) -> dict[str, Any]:
    """Describe one message that a webhook is sent."""
    body = {"application/json": {"schema": {"$ref": _SHAPE.format("WebhookPayload")}}}
    arrived = {"2XX": {"description": "It arrived. Anything else is tried again; 410 turns the webhook off."}}
    about = "Signed as Standard Webhooks has it: headers webhook-id, webhook-timestamp and webhook-signature."
    return {
        "post": {
            "operationId": f"told_{kind.replace('.', '_')}",
            "summary": what,
            "description": about,
            "requestBody": {"required": True, "content": body},
            "responses": arrived,
        }
    }
