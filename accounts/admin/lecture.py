"""What every page of the admin shares."""

from typing import TypeVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import User

M = TypeVar("M", bound=Model)


def personne(request: HttpRequest) -> User:
    """Whoever works here. Raises PermissionDenied for nobody, whom the admin never lets this far."""
    if request.user.is_anonymous:
        raise PermissionDenied
    return request.user


def champ_date() -> forms.DateInput:
    """The browser's own calendar: it needs no script, and speaks French."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LectureSeule(admin.ModelAdmin[M]):
    """What a workflow writes: the admin shows it and never edits, adds or deletes a row, even for a superuser."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False
