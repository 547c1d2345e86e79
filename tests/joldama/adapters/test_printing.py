from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pymupdf_fonts
import pytest
from tests.factories.prints import CMS, FIELDS, ISSUED_AT, long_referral, referral, refusal
from tests.pdf import (
    attachments_of,
    claims_of,
    facts_of,
    margins_of,
    needs_poppler,
    needs_qpdf,
    overlapping_lines,
    qpdf_says,
    structure_of,
    text_of,
)

from joldama.adapters.printing import (
    Copy,
    LettersMissing,
    NotForOrganisations,
    render_referral,
    render_refusal,
)
from joldama.adapters.printing.fonts import FAMILY, ensure_fonts
from joldama.standard.grounds import Ground, Tier, grounds
from joldama.standard.kinds import ResultField, ResultKind
from joldama.standard.names import ALPHABET, PersonName
from joldama.standard.typography import unbound
from joldama.standard.words import say

# The paper itself is set 13 mm from each edge; a dot of the picture is a quarter of a millimetre.
LEAST_MARGIN = 12.5
# On further pages the notice of a demonstration stands alone above the paper.
LEAST_MARGIN_FURTHER = 6.0


def plain(text):
    return " ".join(unbound(text).split())


def unspaced(text):
    """Give the text as it is wherever its lines were broken."""
    return "".join(unbound(text).replace("\u200b", "").split())


@pytest.fixture
def printed(fonts):
    def render(paper, *, copy=Copy.RECIPIENT, cms=CMS):
        return render_referral(paper, fonts=fonts, decision_cms=cms, copy=copy)

    return render


@needs_poppler
@pytest.mark.parametrize("kind", ResultKind)
def test_each_kind_fits_one_page_and_says_its_title_in_both_languages(printed, kind):
    pdf = printed(referral(kind))

    text = plain(text_of(pdf))
    assert [facts_of(pdf)["Pages"], facts_of(pdf)["Page size"]] == ["1", "595.276 x 841.89 pts (A4)"]
    assert [say(kind.title_key, side) in text for side in ("kk", "ru")] == [True, True]
    assert min(margin.least for margin in margins_of(pdf)) >= LEAST_MARGIN


@needs_poppler
@pytest.mark.parametrize("kind", ResultKind)
def test_each_kind_says_all_its_fields_and_no_other(printed, kind):
    text = unspaced(text_of(printed(referral(kind))))

    shown = {**FIELDS, ResultField.START_ON: "01.04.2026"}
    said = {field for field, value in shown.items() if unspaced(value) in text}
    assert said == {*kind.required, *kind.optional}


@needs_poppler
def test_a_referral_reads_row_by_row_in_both_languages(printed):
    text = plain(text_of(printed(referral())))

    order = [
        "Қоғамдық жұмыстарға жолдама",
        "Направление на общественные работы",
        "№ АСТ-Ж-2026-000187",
        "26.03.2026, 10:12",
        "Берілді: Нұрланова Айша Серікқызы",
        "ЖСН 950520200018. Туған күні: 20.05.1895. Өтініштің нөмірі: АСТ-2026-000311",
        "Выдано: Нұрланова Айша Серікқызы",
        "ИИН 950520200018. Дата рождения: 20.05.1895. Номер заявления: АСТ-2026-000311",
        "Қайда жіберіледі: «Жасыл аула» ЖШС",
        "Куда направляется: «Жасыл аула» ЖШС",
        "Соңғы жарамды күні: 2026 жылғы 2 сәуір",
        "Последний день действия: 2 апреля 2026 года",
        "Шешімге ЭЦҚ-мен қол қойған: басқарма басшысы, Ахметов Е.Б., 2026 ж. 26 наурыз, сағат 10:12",
        "Решение подписано ЭЦП: руководитель управления, Ахметов Е.Б., 26 марта 2026 г. в 10:12",
        "М.О.",
        "Бақылау коды",
        "7KXMQNXD",
        "Мемлекеттік қызмет тегін көрсетіледі.",
        "Государственная услуга оказывается бесплатно.",
        "Жолдаманың үзбелі талоны",
        "Отрывной талон к направлению",
    ]
    assert [part for part in order if part not in text] == []
    assert sorted(order, key=text.index) == order


@needs_poppler
def test_the_rights_of_appeal_the_standard_and_the_telephones_are_said_in_both_languages(printed):
    text = plain(text_of(printed(referral())))

    keys = ["appeal.order", "service.standard.ref", "paper.contact", "paper.edocument", "paper.service"]
    missing = [(key, side) for key in keys for side in ("kk", "ru") if plain(say(key, side)) not in text]
    assert missing == []


@needs_poppler
def test_what_can_be_torn_off_carries_no_code(printed):
    text = plain(text_of(printed(referral())))

    slip = text[text.index("қию сызығы / линия отреза") :]
    assert ["7KXMQNXD" in slip, "950520200018" in slip, "verify" in slip] == [False, False, False]
    assert "Ұйым толтырып, 5 жұмыс күні ішінде қайтарады" in slip
    assert "/answer/." in slip
    assert "Заполняется организацией и возвращается в течение 5 рабочих дней" in slip


@needs_poppler
def test_a_record_of_guidance_names_no_employer_and_has_no_slip(printed):
    text = plain(text_of(printed(referral(ResultKind.CAREER_GUIDANCE))))

    absent = ["Қайда жіберіледі", "Куда направляется", "Соңғы жарамды күні", "үзбелі талон", "Отрывной талон"]
    assert [words for words in absent if words in text] == []
    assert "Кәсіби бағдарлану бойынша жеке кеңес берілді" not in text
    assert "Кәсіби бағдарлау бойынша жеке кеңес берілді." in text


@needs_poppler
def test_the_recipients_own_copy_carries_the_signed_decision(printed):
    assert attachments_of(printed(referral())) == {"decision.cms": CMS}


@needs_poppler
def test_the_organisations_copy_has_neither_decision_nor_whole_number_nor_birth_date(printed):
    pdf = printed(referral(), copy=Copy.ORGANISATION)

    text = plain(text_of(pdf))
    assert attachments_of(pdf) == {}
    assert [words in text for words in ("950520200018", "20.05.1895", "Нұрланова Айша Серікқызы")] == [
        False,
        False,
        True,
    ]
    assert "ЖСН •••• •••• 0018" in text
    assert "ИИН •••• •••• 0018" in text


def test_nobody_is_sent_anywhere_by_a_record_of_guidance(printed):
    with pytest.raises(NotForOrganisations):
        printed(referral(ResultKind.CAREER_GUIDANCE), copy=Copy.ORGANISATION)


@needs_poppler
def test_the_demonstration_is_said_above_and_below_in_three_languages(printed):
    above = [plain(say("demo.banner", language)) for language in ("kk", "ru", "en")]
    below = plain(" · ".join(say("paper.demo", language) for language in ("kk", "ru", "en")))

    text = plain(text_of(printed(referral())))
    real = plain(text_of(printed(referral(is_demo=False))))

    assert text.startswith(" ".join(above))
    assert text.count(below) == 1
    assert [words in real for words in (*above, below)] == [False] * 4


@needs_poppler
def test_the_demonstration_is_said_on_every_page(fonts):
    long = refusal(reasons="Өтінішке қоса берілген мәліметтер тіркелімдегі деректерге сай емес. " * 60)
    pdf = render_refusal(long, fonts=fonts, decision_cms=CMS)

    below = plain(" · ".join(say("paper.demo", language) for language in ("kk", "ru", "en")))
    # Above and below on the second page, below on the first, where the whole sentences stand above.
    assert [facts_of(pdf)["Pages"], plain(text_of(pdf)).count(below)] == ["2", 3]


@needs_poppler
def test_a_deputy_signs_by_his_order(printed):
    text = plain(text_of(printed(referral(deputy_order="№ 17-Ө"))))

    assert "Басшының міндетін атқарады, бұйрық: № 17-Ө" in text
    assert "Исполняет обязанности руководителя, приказ: № 17-Ө" in text


@needs_poppler
def test_a_refusal_says_ground_basis_reasons_and_what_to_do(fonts):
    pdf = render_refusal(refusal(), fonts=fonts, decision_cms=CMS)

    text = plain(text_of(pdf))
    expected = [
        "Мемлекеттік қызмет көрсетуден дәлелді бас тарту",
        "Мотивированный отказ в оказании государственной услуги",
        "Бас тарту негізі: Өтініштегі мәліметтер дұрыс емес",
        "стандарттың 9-тармағы; «Мемлекеттік көрсетілетін қызметтер туралы»",
        "пункт 9 стандарта; статья 19-1 Закона Республики Казахстан",
        "Бас тарту себебі / Причина отказа: Жеке куәліктің нөмірі тіркелімдегі деректерге сай емес.",
        "Одан әрі не істеуге болады: Мәліметтерді түзетіп, жаңа өтініш беріңіз.",
        "Что можно сделать дальше: Исправьте сведения и подайте новое заявление.",
    ]
    assert [part for part in expected if part not in text] == []
    assert "үзбелі талон" not in text
    assert attachments_of(pdf) == {"decision.cms": CMS}


@needs_poppler
@pytest.mark.parametrize("ground", grounds(Tier.REFUSED))
def test_every_ground_can_be_printed_on_one_page(fonts, ground: Ground):
    pdf = render_refusal(refusal(ground=ground), fonts=fonts, decision_cms=None)

    assert [facts_of(pdf)["Pages"], plain(say(ground.name_key, "kk")) in plain(text_of(pdf))] == ["1", True]


@needs_poppler
def test_the_longest_names_and_texts_stay_inside_the_page_on_two_pages(printed):
    pdf = printed(long_referral())

    first, *further = margins_of(pdf)
    assert int(facts_of(pdf)["Pages"]) <= 2
    assert first.least >= LEAST_MARGIN
    assert [margins.least >= LEAST_MARGIN_FURTHER for margins in further] == [True] * len(further)
    assert [min(margins.left, margins.right) >= LEAST_MARGIN for margins in further] == [True] * len(further)


@needs_poppler
@pytest.mark.parametrize("kind", ResultKind)
def test_names_of_two_hundred_letters_in_one_run_stay_inside_the_page(printed, kind):
    name = PersonName(surname="Ә" * 200, given_name="Щ" * 200, patronymic="W" * 200)

    pdf = printed(referral(kind, recipient=name, fields={field: "Ұ" * 200 for field in _texts(kind)}))

    assert int(facts_of(pdf)["Pages"]) <= 3
    assert min(min(page.left, page.right) for page in margins_of(pdf)) >= LEAST_MARGIN
    assert overlapping_lines(pdf) == []
    assert unspaced(name.full) in unspaced(text_of(pdf))


@needs_poppler
@pytest.mark.parametrize("kind", ResultKind)
def test_what_need_not_be_filled_in_leaves_no_empty_label(printed, kind):
    pdf = printed(referral(kind, fields={field: FIELDS[field] for field in kind.required}, born_on=None))

    text = plain(text_of(pdf))
    assert [field for field in kind.optional if say(kind.field_key(field), "kk") + ":" in text] == []
    assert overlapping_lines(pdf) == []


@needs_poppler
def test_every_letter_of_the_alphabets_can_be_read_back(printed):
    letters = ALPHABET + ALPHABET.upper() + "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ".lower() + "№ «» – ₸ ŐŻǴÄÖŞ"

    pdf = printed(referral(fields={**FIELDS, ResultField.OCCUPATION: letters}))

    assert unspaced(text_of(pdf)).count(unspaced(letters)) == 2


@needs_poppler
def test_what_looks_like_markup_or_a_formula_is_only_text(printed):
    typed = '#set page(width: 1pt) $x$ *bold* <label> @ref \\u{41} =HYPERLINK("x") [box] ____ -- ~ `raw`'

    pdf = printed(referral(fields={**FIELDS, ResultField.OCCUPATION: typed}))

    assert unspaced(text_of(pdf)).count(unspaced(typed)) == 2


def _texts(kind):
    return [field for field in (*kind.required, *kind.optional) if field not in _NO_TEXT]


_NO_TEXT = (ResultField.START_ON, ResultField.BIN)


@needs_poppler
def test_no_line_stands_over_another(printed, fonts):
    papers = [printed(referral(kind)) for kind in ResultKind]
    papers += [printed(long_referral()), render_refusal(refusal(), fonts=fonts, decision_cms=None)]

    assert [overlapping_lines(pdf) for pdf in papers] == [[]] * len(papers)


@needs_poppler
def test_what_controls_or_turns_the_direction_of_writing_leaves_no_trace(fonts):
    strange = "Себеп:\tекі\r\nжол\u00ad \u0000\u202eсоңы\u2066"

    pdf = render_refusal(refusal(reasons=strange), fonts=fonts, decision_cms=None)

    assert "Себеп: екі жол соңы" in plain(text_of(pdf))


@pytest.mark.parametrize("letter", ["\u6f22", "\U0001f600", "\u05d0", "\u0627", "\ufffd", "\ue000"])
def test_a_letter_that_the_fonts_lack_keeps_a_paper_from_being_made(fonts, letter):
    with pytest.raises(LettersMissing) as missing:
        render_refusal(refusal(reasons=f"Себеп {letter}"), fonts=fonts, decision_cms=None)

    assert missing.value.letters == (letter,)
    assert letter not in str(missing.value)


@pytest.mark.parametrize("kind", ResultKind)
def test_every_paper_claims_archive_and_accessibility_at_once(printed, kind):
    assert claims_of(printed(referral(kind))) == {
        "pdfaid:part": "3",
        "pdfaid:conformance": "B",
        "pdfuaid:part": "1",
    }


@needs_poppler
def test_tags_say_headings_paragraphs_and_a_figure_in_reading_order(printed):
    pdf = printed(referral())

    tags = [
        line.split()[0].rstrip(":") for line in structure_of(pdf).splitlines() if '"' not in line.split()[0]
    ]
    headings = [tag for tag in tags if tag in ("H1", "H2", "H3", "Figure")]
    assert headings == ["H1", "H2", "Figure", "H2", "H2"]
    assert facts_of(pdf)["Tagged"] == "yes"


def test_each_side_is_marked_with_its_language(printed):
    pdf = printed(referral())

    assert pdf.count(b"/Lang(kk)") + pdf.count(b"/Lang (kk)") >= 1
    assert pdf.count(b"/Lang(ru)") + pdf.count(b"/Lang (ru)") >= 1
    assert pdf.count(b"/Lang(en)") + pdf.count(b"/Lang (en)") >= 1


@needs_qpdf
@pytest.mark.parametrize("kind", ResultKind)
def test_qpdf_finds_nothing_wrong(printed, kind):
    said = qpdf_says(printed(referral(kind)))

    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


@needs_poppler
def test_the_document_is_dated_by_the_decision(printed):
    facts = facts_of(printed(referral()))

    assert [facts["CreationDate"], facts["ModDate"]] == ["2026-03-26T05:12:04Z"] * 2
    assert ISSUED_AT.isoformat() == "2026-03-26T05:12:04.591151+00:00"


def test_the_same_paper_is_the_same_bytes(printed):
    paper = referral()

    assert printed(paper) == printed(replace(paper))


def test_two_errands_that_print_the_first_paper_at_once_both_find_the_fonts(tmp_path, monkeypatch):
    both, of_package = Barrier(2, timeout=10), pymupdf_fonts.myfont

    def together(code):
        both.wait()
        return of_package(code)

    monkeypatch.setattr(pymupdf_fonts, "myfont", together)
    with ThreadPoolExecutor(2) as threads:
        folders = list(threads.map(ensure_fonts, [tmp_path, tmp_path]))

    assert folders == [tmp_path, tmp_path]
    assert {file.name for file in tmp_path.iterdir()} == set(FAMILY)
