"""The OpenAPI 3.1 document. spectree builds it from the routes, but does not validate requests.

api/body.py decodes requests, so that every refusal is problem+json with a pointer. document.py completes
the document.
"""

from collections.abc import Callable
from typing import Any

from spectree import Response, SecurityScheme, SpecTree
from spectree.model_adapter import get_msgspec_model_adapter
from spectree.models import InType, SecureType, SecuritySchemeData

from moderation.web.problems import ProblemBody

_DESCRIPTION = """\
Send readers' reports, review cases, read statistics. Times are RFC 3339 in UTC, IDs are UUIDv7, errors are
application/problem+json (RFC 9457).
"""

spec = SpecTree(
    "flask",
    title="Corrigenda API",
    version="1",
    description=_DESCRIPTION,
    mode="strict",
    annotations=False,
    page_templates={},  # they load scripts from a CDN; api/docs.py has our page
    model_adapter=get_msgspec_model_adapter(),
    validation_error_model=ProblemBody,
    naming_strategy=lambda model: getattr(model, "__name__", str(model)),
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[
        SecurityScheme(
            name="siteKey",
            data=SecuritySchemeData(type=SecureType.API_KEY, name="X-Site-Key", field_in=InType.HEADER),
        ),
        SecurityScheme(name="serverKey", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
        SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
    ],
)


def documented(
    *,
    security: str | tuple[str, ...] | None,
    refusals: tuple[int, ...],
    status: int = 200,
    answer: Any,
    **request: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add a view to the document, with the shapes of its request, its answer and all its refusals."""
    models = {f"HTTP_{code}": ProblemBody for code in refusals} | {f"HTTP_{status}": answer}
    return spec.validate(
        **request,
        resp=Response(**models),
        security=_alternatives(security),
        skip_validation=True,
    )


def _alternatives(security: str | tuple[str, ...] | None) -> Any:
    """Return the security of an operation: one scheme, or a list of which one is enough."""
    if isinstance(security, tuple):
        return [{name: []} for name in security]
    return {security: []} if security else {}
