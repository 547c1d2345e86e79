"""The pages of the portal, each with its access rule."""

from functools import partial

from joldama.portal.access import PERSON, while_unchecked
from joldama.portal.views import (
    account,
    apply,
    case,
    complain,
    complaint,
    conditions,
    contact,
    offline,
    service,
    sign_in,
    verify,
)
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "portal"
page = partial(any_page, room=app_name)

own = partial(page, access=PERSON, unless=while_unchecked)
"""Declares a page of what the account holds, shown once it is known that its key was not revoked (A31)."""

urlpatterns = [
    page("", service.start, name="start", access=ANYONE),
    page("passport/", service.passport_page, name="passport", access=ANYONE),
    page("passport.json", service.passport_json, name="passport-json", access=ANYONE),
    page("standard/", service.standard, name="standard", access=ANYONE),
    page("standard/<str:paragraph>/", service.paragraph, name="paragraph", access=ANYONE),
    page("conditions/", conditions.conditions, name="conditions", access=ANYONE),
    page("conditions/mine/", conditions.may, name="may", access=ANYONE),
    page("offices/", service.offices, name="offices", access=ANYONE),
    page("appeal/", service.appeal, name="appeal", access=ANYONE),
    page("about-signing/", service.about_signing, name="about-signing", access=ANYONE),
    page("breaks/", service.breaks, name="breaks", access=ANYONE),
    page("verify/", verify.verify_referral, name="verify", access=ANYONE),
    page("verify/offline/", offline.check_offline, name="verify-offline", access=ANYONE),
    page("verify/keys/", verify.keys, name="verify-keys", access=ANYONE),
    page("sign-in/", sign_in.sign_in, name="sign-in", access=ANYONE),
    page("sign-in/document/", sign_in.document, name="sign-in-document", access=ANYONE),
    page("sign-in/qr/", sign_in.by_phone, name="sign-in-qr", access=ANYONE),
    page("sign-out/", sign_in.sign_out, name="sign-out", access=ANYONE),
    page("apply/", apply.begin, name="apply", access=ANYONE),
    page("apply/check/", apply.check, name="check", access=PERSON),
    page("apply/check/document.xml", apply.document, name="apply-document", access=PERSON),
    page("apply/check/qr/", apply.by_phone, name="check-qr", access=PERSON),
    page("apply/check/delete/", apply.delete, name="delete-draft", access=PERSON),
    page("apply/<slug:name>/", apply.step, name="step", access=PERSON),
    own("account/", account.account, name="account"),
    own("account/contact/", contact.contact, name="contact"),
    own("account/contact/remove/", contact.remove, name="remove-contact"),
    own("applications/<uuid:application_id>/", case.case, name="case"),
    page("applications/<uuid:application_id>/receipt/", case.receipt, name="receipt", access=PERSON),
    own("applications/<uuid:application_id>/document.pdf", case.document, name="case-document"),
    page("complain/", complain.begin, name="complain", access=ANYONE),
    own("complain/check/", complain.check, name="complain-check"),
    own("complain/check/document.xml", complain.document, name="complaint-document"),
    own("complain/check/qr/", complain.by_phone, name="complaint-qr"),
    own("complain/check/delete/", complain.delete, name="delete-complaint"),
    own("complain/<slug:name>/", complain.step, name="complain-step"),
    own("complaints/<uuid:pk>/", complaint.complaint, name="complaint"),
    own("complaints/<uuid:pk>/receipt/", complaint.receipt, name="complaint-receipt"),
    own("complaints/<uuid:pk>/confirmation/", complaint.confirmation, name="complaint-confirmation"),
    own("complaints/<uuid:pk>/withdraw/", complaint.withdraw, name="withdraw-complaint"),
    own("applications/<uuid:application_id>/answer/", case.answer_offer, name="answer-offer"),
    own("applications/<uuid:application_id>/withdraw/", case.withdraw, name="withdraw"),
]
