"""The advisers' workplace: Django's admin, behind the one door of the portal."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

SANS_PAGE = frozenset({"account", "mfa", "usersessions", "auth"})
"""Applications whose own pages would let the team edit what is not theirs: addresses, factors, sessions, groups."""


class EspaceConseiller(AdminSite):
    site_title = "AL’in"
    site_header = "AL’in – Espace conseiller"
    index_title = "Ce qui vous attend"
    enable_nav_sidebar = False

    def register(
        self, model_or_iterable: Any, admin_class: type[ModelAdmin[Any]] | None = None, **options: Any
    ) -> None:
        """Take a page in, unless its application is to have none."""
        modeles: Any = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        retenus = [modele for modele in modeles if modele._meta.app_label not in SANS_PAGE]
        super().register(retenus, admin_class, **options)

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
