"""An applicant's own pages: the questions of the application, his account, his cases."""

from tests.stories.browser.stops.acts import open_all, send, too_late
from tests.stories.browser.stops.roles import PERSON
from tests.stories.browser.stops.stop import Stop

STOPS = (
    Stop("apply", "portal:apply", "/apply/"),
    Stop("step-kind", "portal:step", "/apply/kind/", PERSON),
    Stop("step-training", "portal:step", "/apply/training/", PERSON),
    Stop("step-training-nothing", "portal:step", "/apply/training/", PERSON, send),
    Stop("step-others", "portal:step", "/apply/others/", PERSON),
    Stop("step-office", "portal:step", "/apply/office/", PERSON),
    Stop("step-document", "portal:step", "/apply/document/", PERSON),
    Stop("step-oralman", "portal:step", "/apply/oralman/", PERSON),
    Stop("step-form", "portal:step", "/apply/form/", PERSON),
    Stop("step-contact", "portal:step", "/apply/contact/", PERSON),
    Stop("check", "portal:check", "/apply/check/", PERSON, open_all),
    Stop("account", "portal:account", "/account/", PERSON),
    Stop("contact", "portal:contact", "/account/contact/", PERSON),
    Stop("contact-nothing", "portal:contact", "/account/contact/", PERSON, send),
    Stop("case-registered", "portal:case", "/applications/{registered}/", PERSON, open_all),
    Stop("case-issued", "portal:case", "/applications/{issued}/", PERSON),
    Stop("case-too-late", "portal:withdraw", "/applications/{issued}/", PERSON, too_late("withdraw/")),
    Stop("case-refused", "portal:case", "/applications/{refused}/", PERSON),
    Stop("case-annulled", "portal:case", "/applications/{annulled}/", PERSON),
    Stop("case-withdrawn", "portal:case", "/applications/{withdrawn}/", PERSON),
    Stop("receipt", "portal:receipt", "/applications/{registered}/receipt/", PERSON),
    Stop("withdraw", "portal:withdraw", "/applications/{registered}/withdraw/", PERSON),
)

NO_PAGES = {
    "portal:apply-document": "a file",
    "portal:case-document": "a file",
    "portal:check-qr": "leads on; its faults stand on portal:check",
    "portal:delete-draft": "leads on",
    "portal:remove-contact": "leads on",
    "portal:answer-offer": "leads on; its faults stand on portal:case",
}
