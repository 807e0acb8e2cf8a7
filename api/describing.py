"""The OpenAPI description: what ninja makes of the operations, and how each of them refuses."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from api.problems import MEDIA_TYPE
from api.shapes.base import ProblemShape
from api.views.once import KEY

_MADE = 201
_REFUSED = {
    "description": "It is refused; `detail` says why, in a sentence for people.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
}
_KNOWN = {"description": "You have it already: If-None-Match named its ETag."}


class DescribedAPI(NinjaAPI):
    """An API whose description tells of refusals and of repetition too."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401 - as ninja has it
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
                if method == "post" and _MADE in operation["responses"]:
                    operation["parameters"].append(KEY)
        return schema
