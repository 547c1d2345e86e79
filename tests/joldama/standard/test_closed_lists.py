from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from joldama.standard.acts import APPLICATIONS_2007
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.citations import Cited, cite, cite_briefly
from joldama.standard.complaints import (
    ComplaintAddressee,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintSubject,
    ConsiderationGround,
)
from joldama.standard.documents import DocumentKind, Holder, Supplement
from joldama.standard.grounds import Ground, Tier, grounds
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.provider_kinds import ProviderKind
from joldama.standard.readings import (
    ORALMAN_CERTIFICATE_IDENTIFIES,
    Switch,
    oralman_certificate_key,
    oralman_key,
)
from joldama.standard.refusals import Refused, what_next
from joldama.standard.roles import Party, Role
from joldama.standard.words import LANGUAGES, UnsayableValue, has, say
from joldama.standard.workflows import ApplicationState, ReferralState

LISTS = [
    Channel,
    IssueForm,
    DocumentKind,
    Holder,
    Supplement,
    Ground,
    ResultField,
    ResultKind,
    TrainingKind,
    ProviderKind,
    Role,
    Party,
    ApplicationState,
    ReferralState,
]


@pytest.mark.parametrize("each", [each for closed in LISTS for each in closed], ids=repr)
def test_every_member_of_a_closed_list_has_its_text(each):
    assert has(each.text_key)


def test_the_kinds_of_result_are_six_in_the_order_of_the_standard():
    assert [(kind.number, kind.paragraph, say(kind.text_key, "kk")) for kind in ResultKind] == [
        (1, "6.1", "жұмысқа орналасуға жолдама"),
        (2, "6.2", "қоғамдық жұмыстарға жолдама"),
        (3, "6.3", "адамдарға кәсіби даярлауға, қайта даярлауға және біліктілікті арттыруға жолдама"),
        (4, "6.4", "әлеуметтік жұмыс орындарына жұмысқа орналасуға жолдама"),
        (5, "6.5", "жастар практикасына жолдама"),
        (6, "6.6", "адамдарға кәсіби бағдарлануға тегін қызметтер көрсету"),
    ]


@pytest.mark.parametrize("kind", ResultKind)
def test_every_kind_has_a_short_name_an_explanation_and_a_title(kind):
    assert [has(key) for key in (kind.short_key, kind.explanation_key, kind.title_key)] == [True] * 3


def test_each_kind_asks_for_what_its_result_must_say():
    work = ("organisation", "bin", "workplace_address", "occupation")
    course = ("organisation", "bin", "workplace_address", "course")

    assert {kind.name: kind.required for kind in ResultKind} == {
        "JOB_PLACEMENT": work,
        "PUBLIC_WORKS": work,
        "VOCATIONAL_TRAINING": course,
        "SOCIAL_WORKPLACE": work,
        "YOUTH_PRACTICE": work,
        "CAREER_GUIDANCE": ("guidance_given",),
    }
    assert [kind.name for kind in ResultKind if kind.needs_training_kind] == ["VOCATIONAL_TRAINING"]
    assert [kind.name for kind in ResultKind if not kind.is_referral] == ["CAREER_GUIDANCE"]


def test_no_field_is_both_required_and_optional():
    assert [kind for kind in ResultKind if set(kind.required) & set(kind.optional)] == []


@pytest.mark.parametrize(
    ("holder", "documents"),
    [
        (Holder.CITIZEN, ("ID_CARD_KZ", "PASSPORT_KZ")),
        (Holder.FOREIGNER, ("RESIDENCE_PERMIT",)),
        (Holder.STATELESS, ("STATELESS_CERTIFICATE",)),
    ],
)
def test_citizenship_must_fit_the_document(holder, documents):
    assert holder.documents == documents
    assert tuple(kind for kind in DocumentKind if kind.fits(holder)) == documents


@pytest.mark.parametrize(
    ("kind", "number", "agrees"),
    [
        (DocumentKind.ID_CARD_KZ, "012345678", True),
        (DocumentKind.ID_CARD_KZ, "01234567", False),
        (DocumentKind.ID_CARD_KZ, "٠١٢٣٤٥٦٧٨", False),
        (DocumentKind.PASSPORT_KZ, "N12345678", True),
        (DocumentKind.PASSPORT_KZ, "12345678", False),
    ],
)
def test_a_document_number_agrees_with_its_usual_form_or_not(kind, number, agrees):
    assert kind.number_hint.agrees_with(number) is agrees
    assert has(kind.number_hint.text_key)


def test_the_grounds_are_a_closed_list_in_three_tiers():
    assert {tier: [ground.value for ground in grounds(tier)] for tier in Tier} == {
        Tier.NOT_ACCEPTED: [
            "NO_ID",
            "WRONG_ID_KIND",
            "ID_EXPIRED",
            "ID_UNREADABLE",
            "NOT_THE_HOLDER",
            "NO_ORALMAN_CERTIFICATE",
            "OUTSIDE_RECEPTION_HOURS",
            "EDS_INVALID",
            "EDS_EXPIRED",
            "EDS_REVOKED",
            "EDS_OTHER_PERSON",
            "FORM_INCOMPLETE",
            "TECHNICAL_BREAK",
        ],
        Tier.REFUSED: [
            "DATA_NOT_CONFIRMED",
            "FALSE_DATA",
            "NOT_ELIGIBLE_FOR_KIND",
            "NO_PLACE_AVAILABLE",
            "COURT_BAN",
        ],
        Tier.CLOSED: ["WITHDRAWN_BY_RECIPIENT"],
    }


def test_a_complaint_is_not_considered_on_two_grounds_of_another_act():
    assert [(ground.value, ground.act) for ground in ConsiderationGround] == [
        ("ANONYMOUS", APPLICATIONS_2007),
        ("NO_SUBSTANCE", APPLICATIONS_2007),
    ]
    assert all(has(ground.text_key) for ground in ConsiderationGround)


def test_three_are_addressed_in_three_chanceries():
    """R10.1-a, R10.2-b, R10.7-a."""
    assert {one.name: one.office_kind.name for one in ComplaintAddressee} == {
        "HEAD": "PROVIDER",
        "AKIM": "AKIMAT",
        "QUALITY": "QUALITY_BODY",
    }
    closed = (*ComplaintAddressee, *ComplaintChannel, *ComplaintSubject, *ComplaintOutcome)
    assert [one for one in closed if not has(one.text_key)] == []
    assert [channel.name for channel in ComplaintChannel] == ["HAND", "POST", "PORTAL"]


def test_signature_grounds_occur_on_the_portal_only():
    assert grounds(Tier.NOT_ACCEPTED, Channel.PORTAL) == (
        Ground.EDS_INVALID,
        Ground.EDS_EXPIRED,
        Ground.EDS_REVOKED,
        Ground.EDS_OTHER_PERSON,
        Ground.FORM_INCOMPLETE,
        Ground.TECHNICAL_BREAK,
    )


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_names_its_rule_and_says_what_to_do(ground):
    assert ground.paragraph or ground.act
    assert has(ground.name_key)
    assert ground.act is None or has(ground.act.text_key)


def test_a_refusal_tells_its_three_parts_in_the_language_of_the_person():
    refused = Refused(Ground.ID_EXPIRED, valid_until_on=date(2015, 9, 14))

    assert refused.parts("en") == (
        "Documents not accepted: the document expired on 14 September 2015.",
        "A person cannot be identified by an expired document (point 9 of the standard).",
        "Bring another valid document or have this one replaced.",
    )
    assert refused.say("kk") == " ".join(refused.parts("kk"))
    assert str(refused) == "ID_EXPIRED"


def test_an_expired_document_is_told_without_its_day_when_the_day_is_not_known():
    assert Refused(Ground.ID_EXPIRED).parts("ru") == (
        "Документы не приняты: срок действия документа истек.",
        "По просроченному документу нельзя установить личность (пункт 9 стандарта).",
        "Принесите другой действующий документ или замените этот.",
    )


def test_a_refusal_out_of_hours_names_the_hours_of_the_edition():
    opens_at = datetime(2015, 9, 16, 9, tzinfo=ZoneInfo("Asia/Almaty"))

    assert Refused(Ground.OUTSIDE_RECEPTION_HOURS, opens_at=opens_at).parts("en") == (
        "Documents are not accepted now.",
        "Reception is on business days from 9:00 to 17:30, lunch break from 13:00 to 14:30 "
        "(point 8(1) of the standard).",
        "Reception opens again at 9:00 on 16 September 2015; on the portal you can send an application now.",
    )


def test_a_refusal_that_rests_on_an_act_names_it():
    refused = Refused(Ground.FALSE_DATA, fact="туған күні")

    assert refused.parts("ru")[1] == (
        "Недостоверно: туған күні; основание: статья 19-1 Закона Республики Казахстан от 15 апреля 2013 года "
        "№ 88-V «О государственных услугах»."
    )


def test_a_refusal_without_its_values_cannot_be_said():
    with pytest.raises(UnsayableValue, match=r"needs a value for \{ends_at\}"):
        Refused(Ground.TECHNICAL_BREAK).parts("ru")


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ground_says_what_to_do_next_with_nothing_else_known(ground, language):
    assert what_next(ground, language).endswith(".")


@pytest.mark.parametrize(
    ("paragraph", "cited", "briefly"),
    [
        (
            "9",
            ["стандарттың 9-тармағы", "пункт 9 стандарта", "point 9 of the standard"],
            ["9-т.", "п. 9", "¶9"],
        ),
        (
            "4.1",
            [
                "стандарттың 4-тармағының 1) тармақшасы",
                "подпункт 1) пункта 4 стандарта",
                "point 4(1) of the standard",
            ],
            ["4-т. 1)", "п. 4, 1)", "¶4.1"],
        ),
        (
            "10.3",
            [
                "стандарттың 10-тармағының 3-бөлігі",
                "часть 3 пункта 10 стандарта",
                "point 10, part 3, of the standard",
            ],
            ["10-т., 3-бөлік", "п. 10, ч. 3", "¶10, part 3"],
        ),
    ],
)
def test_a_paragraph_is_cited_in_a_sentence_and_briefly(paragraph, cited, briefly):
    assert [cite(paragraph, code) for code in LANGUAGES] == cited
    assert [cite_briefly(paragraph, code) for code in LANGUAGES] == briefly
    assert say("term.basis", "en", basis=Cited(paragraph)) == f"Basis: {cited[2]}"


def test_a_national_switch_is_off_until_its_day():
    assert ORALMAN_CERTIFICATE_IDENTIFIES.is_on(on=date(2026, 1, 1)) is False
    assert [Switch("A18", date(2026, 1, 2)).is_on(on=date(2026, 1, day)) for day in (1, 2)] == [False, True]


def test_the_word_oralman_gives_way_to_kandas_in_2021():
    days = (date(2020, 12, 31), date(2021, 1, 1))

    assert [oralman_key(on=day) for day in days] == ["holder.ORALMAN", "holder.KANDAS"]
    assert [oralman_certificate_key(on=day) for day in days] == [
        "document.ORALMAN_CERTIFICATE",
        "document.KANDAS_CERTIFICATE",
    ]
