"""Who may open which page of the desk (§4.8)."""

from joldama.installation.clock import now
from joldama.people.rules import COUNTER_ROLES
from joldama.standard.roles import Role
from joldama.ui.officials import anybody, one_of

STAFF = anybody("staff", clock=now)
COUNTER = one_of(*COUNTER_ROLES, clock=now, name="counter")
SPECIALIST = one_of(Role.SPECIALIST, clock=now)
ADMINISTRATOR = one_of(Role.ADMINISTRATOR, clock=now)
SIGNER = one_of(Role.HEAD, Role.DEPUTY, clock=now)
