"""Results to be printed: the least that is valid, of each kind, and one where everything is as long as it gets."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from joldama.adapters.printing import Bilingual, ReferralPrint, RefusalPrint
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.names import PersonName
from tests.factories.paper_codes import written

ISSUED_AT = datetime(2026, 3, 26, 5, 12, 4, 591151, tzinfo=UTC)
"""10:12 in Astana, UTC+5."""

CMS = b"\x30\x82" + bytes(range(256)) * 12

FIELDS = {
    ResultField.ORGANISATION: "«Жасыл аула» ЖШС",
    ResultField.BIN: "150340000015",
    ResultField.WORKPLACE_ADDRESS: "Астана қаласы, Бейбітшілік көшесі, 4",
    ResultField.CONTACT_PERSON: "Ким Д., 8 (7172) 55 44 33",
    ResultField.OCCUPATION: "Көгалдандыру жұмысшысы",
    ResultField.COURSE: "Электргазбен дәнекерлеуші, 3-разряд",
    ResultField.START_ON: "2026-04-01",
    ResultField.DURATION: "3 ай",
    ResultField.WAGE: "айына 120 000 ₸",
    ResultField.STIPEND: "айына 40 000 ₸",
    ResultField.WORK_HOURS: "дүйсенбі–жұма, 9:00–18:00",
    ResultField.GUIDANCE_GIVEN: "Кәсіби бағдарлау бойынша жеке кеңес берілді.",
    ResultField.RECOMMENDATION: "Электрик мамандығы бойынша оқуға жазылу.",
}


def referral(kind: ResultKind = ResultKind.PUBLIC_WORKS, **changes: Any) -> ReferralPrint:
    """A result of a kind with all its fields."""
    given = {
        "kind": kind,
        "training_kind": TrainingKind.RETRAINING if kind.needs_training_kind else None,
        "fields": {field: FIELDS[field] for field in (*kind.required, *kind.optional)},
        "valid_until_on": date(2026, 4, 2) if kind.is_referral else None,
        "control_code": "7KXMQNXD",
        "verify_url": written(),
    }
    return ReferralPrint(**{**_common("АСТ-Ж-2026-000187"), **given, **changes})


def refusal(**changes: Any) -> RefusalPrint:
    """A reasoned refusal."""
    given = {
        "ground": Ground.FALSE_DATA,
        "reasons": "Жеке куәліктің нөмірі тіркелімдегі деректерге сай емес.",
    }
    return RefusalPrint(**{**_common("АСТ-Б-2026-000012"), **given, **changes})


def long_referral() -> ReferralPrint:
    """Everything as long as an office, a name and a form allow."""
    kind = ResultKind.VOCATIONAL_TRAINING
    office = "Алматы облысы Еңбекшіқазақ ауданының жұмыспен қамту және әлеуметтік бағдарламалар бөлімі"
    return referral(
        kind,
        recipient=PersonName(
            surname="Мұхаммедғалиұлы-Әбдірахмановтың-Жақсылықов",
            given_name="Нұрмұхаммедәбдіқадырсұлтанбекжақсылық",
            patronymic="Абдыльмажитхановичоглы",
        ),
        office=Bilingual(kk=office, ru=office.replace("бөлімі", "отдел")),
        address=Bilingual(
            kk="040400, Алматы облысы, Еңбекшіқазақ ауданы, Есік қаласы, Жамбыл көшесі, 21-үй, 3-кабинет",
            ru="040400, Алматинская область, Енбекшиказахский район, город Есик, улица Жамбыла, 21, кабинет 3",
        ),
        fields={
            field: text if field in (ResultField.START_ON, ResultField.BIN) else f"{text}, " * 3 + "Ә" * 60
            for field, text in FIELDS.items()
            if field in (*kind.required, *kind.optional)
        },
        deputy_order="№ 17-Ө",
    )


def _common(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "application_number": "АСТ-2026-000311",
        "issued_at": ISSUED_AT,
        "sealed_at": ISSUED_AT,
        "zone": ZoneInfo("Asia/Almaty"),
        "office": Bilingual(
            kk="Астана қаласының жұмыспен қамту және әлеуметтік бағдарламалар басқармасы",
            ru="Управление занятости и социальных программ города Астаны",
        ),
        "address": Bilingual(kk="Астана қаласы, Достық көшесі, 10", ru="город Астана, улица Достык, 10"),
        "phones": ("8 (7172) 55 60 00",),
        "recipient": PersonName(surname="Нұрланова", given_name="Айша", patronymic="Серікқызы"),
        "iin": "950520200018",
        "born_on": date(1895, 5, 20),
        "official": PersonName(surname="Ахметов", given_name="Ерлан", patronymic="Бекболатұлы"),
        "position": Bilingual(kk="басқарма басшысы", ru="руководитель управления"),
        "edition": "2015-04-28",
        "is_demo": True,
    }
