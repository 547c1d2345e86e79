"""Finds the one official a page of the administration is about."""

from uuid import UUID

from django.http import Http404

from joldama.people.models import Account, Staff


def find_official(pk: UUID) -> Staff:
    """Give an official with office, place and account; answer like a missing page where there is none."""
    found = Staff.objects.select_related("office", "place", "account").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_account(pk: UUID) -> Account:
    """Give an official's account with the official."""
    found = Account.objects.select_related("staff__office", "staff__place").filter(staff=pk).first()
    if found is None:
        raise Http404
    return found
