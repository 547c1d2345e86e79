"""What a verdict rests on is kept, and gives the same verdict again when all else is gone."""

import json
import re
from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT, CENTRE

from govkz.eds import (
    Crl,
    Reason,
    Report,
    Status,
    Trust,
    amending,
    any_signer,
    certificates,
    evidence,
    individual,
    kinds,
    ocsp,
    official,
    pki,
    sign_soap,
    sign_xml,
    timestamps,
    verify_cms,
    verify_soap,
    verify_xml,
)
from govkz.eds.evidence import Evidence
from govkz.eds.policies import Policy, system
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

CONTENT = b"content"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Shelf:
    """Where the bytes of parts lie, by SHA-256."""

    def __init__(self):
        self.parts = {}

    def keep(self, kept):
        self.parts |= kept.parts
        return json.loads(json.dumps(kept.to_dict()))


def anchors_only(authority):
    return Trust.of(authority.root.certificate)


def examined(town, message, *, crls=(), ocsps=(), content=None, policy=None, at=AT, verify=verify_cms):
    """Judge, keep, read back from JSON, judge again; gives both verdicts and what was kept."""
    policy = policy or individual(AISHA.iin)
    handed = {"content": content} if content is not None else {}
    judged = verify(message, trust=town.trust, crls=crls, ocsps=ocsps, at=at, policy=policy, **handed)
    shelf = Shelf()
    stored = shelf.keep(evidence.gather(judged, message=message, policy=policy, at=at, content=content))
    kept = Evidence.from_dict(stored, resolve=shelf.parts.get)
    return judged, evidence.reexamine(kept, trust=anchors_only(town.authority)), kept


def answer(town, identity, *, at=AT):
    question = ocsp.ask(
        certificates.read(identity.certificate), certificates.read(town.authority.issuing.certificate)
    )
    return Responder(town.authority, town.authority.issuing).answer(question.encoded, at=at)


@pytest.mark.parametrize("who", ["person", "other_person", "revoked", "expired", "future", "authentication"])
@pytest.mark.parametrize("lists", ["list", "answer", "both", "none"])
def test_every_verdict_is_reached_again(town, who, lists):
    signer = getattr(town, who)
    crls = [town.crl] if lists in ("list", "both") else []
    ocsps = [answer(town, signer)] if lists in ("answer", "both") else []

    judged, again, _ = examined(town, signer.sign(CONTENT, at=AT), crls=crls, ocsps=ocsps)

    assert (again.report, again.content) == (judged.report, judged.content)


@pytest.mark.parametrize("message", [b"junk", b"0", b""])
def test_what_cannot_be_read_cannot_be_read_again(town, message):
    judged, again, _ = examined(town, message, crls=[town.crl])

    assert again.report == judged.report


def test_a_verdict_under_a_stranger_is_reached_again(town):
    stranger = pki.Authority.create(at=AT - DAY, label="STRANGER")

    judged, again, _ = examined(town, stranger.person(AISHA, at=AT).sign(CONTENT, at=AT), crls=[town.crl])

    assert judged.report.reasons == (Reason.NO_ANCHOR,)
    assert again.report == judged.report


def test_only_the_lists_that_were_used_are_kept(town):
    stranger = pki.Authority.create(at=AT - DAY, label="STRANGER")
    older = town.authority.crl(at=AT - 2 * DAY)

    _, _, kept = examined(town, town.person.sign(CONTENT, at=AT), crls=[older, stranger.crl(at=AT), town.crl])

    assert kept.crls == (Crl(town.crl).sha256,)


def test_an_answer_is_kept_rather_than_a_list(town):
    _, again, kept = examined(
        town, town.person.sign(CONTENT, at=AT), crls=[town.crl], ocsps=[answer(town, town.person)]
    )

    assert (len(kept.ocsps), kept.crls) == (1, ())
    assert again.report.signers[0].revocation.source == "ocsp"


def test_a_delta_is_kept_with_its_base(town):
    authority = pki.Authority.create(at=AT - 30 * DAY)
    person = authority.person(AISHA, at=AT)
    base = authority.crl(at=AT - 5 * DAY)
    delta = authority.delta_crl(base=1, revoked={}, at=AT - HOUR)
    policy = individual(crl_max_age=DAY)
    message = person.sign(CONTENT, at=AT)
    judged = verify_cms(
        message, trust=Trust.of(*authority.certificates), crls=[base, delta], at=AT, policy=policy
    )

    kept = evidence.gather(judged, message=message, policy=policy, at=AT)

    assert set(kept.crls) == {Crl(base).sha256, Crl(delta).sha256}
    again = evidence.reexamine(kept, trust=anchors_only(authority))
    assert (again.report.status, again.report) == (Status.PASSED, judged.report)


def test_a_detached_content_is_kept(town):
    message = town.person.sign(CONTENT, at=AT, detached=True)

    judged, again, kept = examined(town, message, crls=[town.crl], content=CONTENT)

    assert kept.content in kept.parts
    assert (again.report, again.content) == (judged.report, CONTENT)


def test_a_time_stamped_verdict_is_reached_again_when_the_certificate_has_ended(town):
    stamper = Stamper(town.authority.stamper(at=AT - DAY))
    message = town.person.sign(CONTENT, at=AT)
    query = timestamps.ask(amending.signatures_in(message)[0])
    token = timestamps.receive(stamper.answer(query.encoded, at=AT), to=query, at=AT)
    message = amending.add_timestamp(message, token.encoded)
    later = AT + 500 * DAY

    judged, again, _ = examined(town, message, crls=[town.authority.crl(at=AT + HOUR)], at=later)

    assert (judged.report.status, judged.report.signers[0].timestamp) == (Status.PASSED, AT)
    assert again.report == judged.report


def test_a_verdict_about_signed_xml_is_reached_again(town):
    message = sign_xml(b"<a>b</a>", key=town.person.key, certificate=town.person.certificate)

    judged, again, _ = examined(town, message, crls=[town.crl], verify=verify_xml)

    assert judged.report.status is Status.PASSED
    assert (again.report, again.content) == (judged.report, judged.content)


ENVELOPE = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<s:Body><question>1</question></s:Body></s:Envelope>"
)


def test_a_verdict_about_a_signed_envelope_is_reached_again(town):
    message = sign_soap(ENVELOPE, key=town.system.key, certificate=town.system.certificate)

    judged, again, kept = examined(town, message, crls=[town.crl], policy=any_signer(), verify=verify_soap)

    assert (kept.kind, judged.report.status) == (kinds.Kind.SOAP, Status.PASSED)
    assert (again.report, again.content) == (judged.report, judged.content)


def test_the_certificate_of_a_partner_who_only_names_it_is_kept(town):
    key, certificate = town.system.key, town.system.certificate
    signed = sign_soap(ENVELOPE, key=key, certificate=certificate)
    named = (
        "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>"
        "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO,C=KZ</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{town.system.serial}</ds:X509SerialNumber>"
        "</ds:X509IssuerSerial></ds:X509Data>"
    )
    message = re.sub(rb"<wsse:KeyIdentifier.*?</wsse:KeyIdentifier>", named.encode(), signed, flags=re.DOTALL)
    judged = verify_soap(
        message, trust=town.trust, crls=[town.crl], certificates=[certificate], at=AT, policy=any_signer()
    )

    kept = evidence.gather(judged, message=message, policy=any_signer(), at=AT, partners=[certificate])

    assert judged.report.status is Status.PASSED
    assert evidence.reexamine(kept, trust=anchors_only(town.authority)).report == judged.report


def test_a_verdict_about_several_signers_is_reached_again(town):
    message = amending.add_signer(
        town.person.sign(CONTENT, at=AT),
        key=town.revoked.key,
        certificate=town.revoked.certificate,
        at=AT,
    )

    judged, again, _ = examined(town, message, crls=[town.crl], policy=any_signer())

    assert [signer.status for signer in judged.report.signers].count(Status.FAILED) == 1
    assert again.report == judged.report


def test_a_root_in_the_evidence_is_no_anchor(town):
    _, _, kept = examined(town, town.person.sign(CONTENT, at=AT), crls=[town.crl])

    assert any(kept.parts[name] == town.authority.root.certificate for name in kept.certificates)
    assert evidence.reexamine(kept, trust=Trust(())).report.reasons == (Reason.NO_ANCHOR,)


@pytest.mark.parametrize("what", ["message", "certificates", "crls"])
@pytest.mark.parametrize("fate", ["lost", "changed"])
def test_a_part_that_is_lost_or_changed_is_named(town, what, fate):
    message = town.person.sign(CONTENT, at=AT)
    policy = individual(AISHA.iin)
    judged = verify_cms(message, trust=town.trust, crls=[town.crl], at=AT, policy=policy)
    shelf = Shelf()
    stored = shelf.keep(evidence.gather(judged, message=message, policy=policy, at=AT))
    name = stored[what] if what == "message" else stored[what][0]
    shelf.parts[name] = None if fate == "lost" else shelf.parts[name] + b"\0"

    with pytest.raises(evidence.NotWhole) as refused:
        Evidence.from_dict(stored, resolve=shelf.parts.get)

    assert refused.value.sha256 == name


@pytest.mark.parametrize(
    "policy",
    [
        any_signer(),
        individual("1"),
        individual(crl_max_age=DAY),
        official(CENTRE.bin, "2", crl_max_age=HOUR),
        system(CENTRE.bin),
    ],
)
def test_a_policy_is_stored_and_read_back(policy):
    assert Policy.from_dict(json.loads(json.dumps(policy.to_dict()))) == policy


def test_the_words_of_evidence_are_an_interface(town):
    message = town.person.sign(CONTENT, at=AT)
    policy = individual(AISHA.iin, crl_max_age=DAY)
    judged = verify_cms(message, trust=town.trust, crls=[town.crl], at=AT, policy=policy)

    stored = evidence.gather(judged, message=message, policy=policy, at=AT).to_dict()

    assert list(stored) == [
        *("version", "kind", "at", "policy", "message", "content"),
        *("certificates", "partners", "crls", "ocsps"),
    ]
    assert stored["policy"] == {
        "holder": "individual",
        "iin": AISHA.iin,
        "bin": None,
        "roles": [],
        "crl_max_age": 86400.0,
    }
    assert (stored["version"], stored["kind"], stored["at"]) == (1, "cms", "2026-03-20T12:00:00+00:00")


def test_a_report_stored_before_it_told_policies_is_read():
    stored = {
        "status": "passed",
        "signers": [
            {
                "status": "passed",
                "reasons": [],
                "iin": AISHA.iin,
                "bin": None,
                "name": "НҰРЛАНОВА АЙША",
                "role": "individual",
                "algorithm": "rsa-sha256",
                "serial": "1",
                "signed_at": "2026-03-20T12:00:00+00:00",
                "timestamp": None,
                "revocation": {
                    "status": "good",
                    "source": "crl",
                    "this_update": "2026-03-20T11:00:00+00:00",
                    "next_update": "2026-03-27T11:00:00+00:00",
                    "revoked_at": None,
                },
            }
        ],
        "content_sha256": "00",
        "document_reasons": [],
        "judged_at": "2026-03-20T12:00:00+00:00",
    }

    told = Report.from_dict(stored).to_dict()

    assert told["signers"][0].pop("policies") == []
    assert told == stored
