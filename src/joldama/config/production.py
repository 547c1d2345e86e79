"""A real installation: its database is brought up, and anything of a demonstration is refused."""

from datetime import datetime
from pathlib import Path

from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from govkz.eds import Malformed, NothingToTrust, Trust
from joldama.config.exits import Exit, Stopped
from joldama.demo.people import demo_people
from joldama.installation.models import Installation
from joldama.openings.folding import fold_again
from joldama.people import territories
from joldama.people.models import Account, Staff
from joldama.signatures.models import Anchor
from joldama.signatures.operations import MixedTrust, trust
from joldama.standard.roles import Role

REAL_ANCHORS = "production"
TEST_CONTOUR = "test"
"""The centre's set for trying an installation out: believed only where JOLDAMA_CENTRE says so."""


def bring_up(at: datetime) -> None:
    """Migrate, and load the shipped reference data; a database without a row becomes real for good."""
    call_command("migrate", interactive=False, verbosity=1)
    row, _ = Installation.objects.get_or_create(defaults={"is_demo": False, "created_at": at})
    if row.is_demo:
        raise _refused("The database is a demonstration's, which it stays: give another in DATABASE_URL.")
    territories.load()
    fold_again()


def require_real() -> None:
    """Raise Stopped where the database is old, a demonstration's, or holds anything of one."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _refused("The database is older than this edition: run `joldama migrate` first.")
    installation = Installation.objects.first()
    if installation is None:
        raise _refused("The database is not prepared: run `joldama migrate` first.")
    if installation.is_demo:
        raise _refused("The database is a demonstration's: show it with `joldama demo --serve`.")
    expected = TEST_CONTOUR if settings.JOLDAMA_CENTRE == TEST_CONTOUR else REAL_ANCHORS
    if Anchor.objects.exclude(set_name=expected).exists():
        raise _refused("The database trusts certificates of a demonstration or a test: remove these anchors.")
    if Account.objects.filter(username__in=[official.login for official in demo_people().staff]).exists():
        raise _refused("The database holds accounts of the demonstration, whose passwords everybody knows.")
    if settings.DEBUG:
        raise _refused("DEBUG is on: it shows the inside of the program to everybody.")


def believe(folder: Path, *, set_name: str) -> list[str]:
    """Believe the certificates of a folder; return a line for each. Raise Stopped, and nothing is believed."""
    try:
        found = Trust.of_folders(folder)
    except (OSError, NothingToTrust, Malformed) as error:
        raise _refused(f"{folder} holds no certificates that can be read: {error}.") from error
    if not found.anchors:
        raise _refused(f"{folder} holds no self-signed certificate: there would be no anchor.")
    if set_name == REAL_ANCHORS and found.is_test:
        raise _refused(f"{folder} holds certificates of a test or a demonstration: take `--set test`.")
    believed = (*found.anchors, *found.intermediates)
    try:
        with transaction.atomic():
            for certificate in believed:
                trust(certificate.encoded, set_name=set_name)
    except MixedTrust as error:
        raise _refused("Anchors of another set are believed already: they never stand together.") from error
    return [
        f"{'anchor' if one in found.anchors else 'intermediate':<13}{one.name}, until {one.not_after:%Y-%m-%d}"
        for one in believed
    ]


def _refused(sentence: str) -> Stopped:
    return Stopped(sentence, Exit.CONFIGURATION)


def make_administrator(login: str, *, password: str, surname: str, given_name: str, patronymic: str) -> str:
    """Make an administrator and return the secret of the second factor; raise Stopped where it cannot be."""
    if Account.objects.filter(username=login).exists():
        raise Stopped(f"There is an account {login!r} already.", Exit.NO)
    with translation.override("en"):  # the language of the command line
        try:
            validate_password(password)
        except ValidationError as weak:
            raise Stopped(" ".join(weak.messages), Exit.NO) from weak
    secret = totp.generate_totp_secret()
    with transaction.atomic():
        staff = Staff.objects.create(
            role=Role.ADMINISTRATOR, surname=surname, given_name=given_name, patronymic=patronymic
        )
        account = Account.objects.create_user(login, password, staff=staff)
        totp.TOTP.activate(account, secret)
    return secret
