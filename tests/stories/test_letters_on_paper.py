"""A letter that no paper can show is named where it is typed; nothing is stored, nothing typed is lost (R6.2-a)."""

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.people.models import Person
from joldama.procedures.prepare import draft_referral
from joldama.procedures.refusing import NotYet
from joldama.standard.kinds import ResultField, ResultKind
from tests.factories.steps import FIELDS
from tests.stories.counter import Counter, said

DAY = "2015-09-15 10:00"
STRANGE = "Ли 李 😀"
NAMED = "The text has characters that a document cannot show: 李 😀."


def test_a_name_in_letters_of_another_script_is_not_registered(counter: Counter) -> None:
    counter.town.at(DAY)

    answer = counter.show_document(surname=STRANGE)

    assert answer.status_code == 422
    assert NAMED in said(answer)
    assert f'value="{STRANGE}"' in answer.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize("field", ["organisation", "occupation", "workplace_address"])
def test_a_draft_with_such_a_letter_is_typed_again(counter: Counter, field: str) -> None:
    counter.town.at(DAY)
    application = counter.register()
    counter.take(application)

    answer = counter.draft(application, **{field: STRANGE})

    assert answer.status_code == 422
    assert NAMED in said(answer)
    assert f'value="{STRANGE}"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_reason_with_such_a_letter_is_typed_again(counter: Counter) -> None:
    counter.town.at(DAY)
    application = counter.register()
    counter.take(application)

    answer = counter.specialist.post(
        reverse("desk:refuse", args=[application.pk]), {"ground": "FALSE_DATA", "reasons": STRANGE}
    )

    assert answer.status_code == 422
    assert NAMED in said(answer)
    assert STRANGE in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_name_that_came_otherwise_keeps_the_draft_from_being_made(counter: Counter) -> None:
    """What no form has seen is judged as well: a paper that cannot be made is not promised."""
    counter.town.at(DAY)
    application = counter.register()
    counter.take(application)
    person = Person.objects.get(pk=application.person_id)
    person.stated_name = {"surname": STRANGE, "given_name": "Мин"}
    person.save()
    application = Application.objects.select_related("person", "place").get(pk=application.pk)

    with pytest.raises(NotYet) as refused:
        draft_referral(
            application,
            kind=ResultKind(application.kind),
            fields={ResultField(name): text for name, text in FIELDS.items()},
            although="жұмыс іздеп жүр",
            by=counter.world.specialist,
            at=counter.town.now,
        )

    assert refused.value.key == "error.letters"
