"""The advisers' workplace: Django's admin, behind the one door of the portal."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect


class EspaceConseiller(AdminSite):
    site_title = "AL’in"
    site_header = "AL’in – Espace conseiller"
    index_title = "Ce qui vous attend"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person is of the team. Raises PermissionDenied for someone signed in who is not."""
        permise = super().has_permission(request)
        if not permise and request.user.is_authenticated:
            raise PermissionDenied
        return permise

    def password_change(self, *_: Any, **__: Any) -> HttpResponseRedirect:  # type: ignore[override]
        """Everyone changes his password on the same page, with the same rules."""
        return redirect("account_change_password")

    def logout(self, *_: Any, **__: Any) -> HttpResponseRedirect:  # type: ignore[override]
        """Everyone leaves by the same page."""
        return redirect("account_logout")
