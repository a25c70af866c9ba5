"""What an error report may show: types and lines. No local variable, no setting, nothing of the request but its route.

Both classes are Django's own slots (DEFAULT_EXCEPTION_REPORTER, DEFAULT_EXCEPTION_REPORTER_FILTER), whatever DEBUG is.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from alin.journal import censurer, chemin_lisible, types_et_lignes


class RienDePersonnel(SafeExceptionReporterFilter):
    """For whoever makes a report of Django's own: every part of it that a person or a secret could be in is empty."""

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:  # noqa: ARG002
        return {}.items()


class Rapport(ExceptionReporter):
    """The whole report, as text; the HTML is the same words."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"rapport": self.get_traceback_text()}

    def get_traceback_text(self) -> str:  # type: ignore[override] # Django marks its own as safe; this is bare text
        ou = f"{self.request.method} {chemin_lisible(self.request)}\n\n" if self.request is not None else ""
        erreur = self.exc_value
        if isinstance(erreur, BaseException):
            return ou + types_et_lignes(erreur)
        return ou + censurer(str(erreur or ""))

    def get_traceback_html(self) -> SafeString:
        return format_html("<!doctype html><title>Erreur</title><pre>{}</pre>", self.get_traceback_text())
