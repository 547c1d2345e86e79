"""The six kinds of result (¶6) and what each of them needs to be complete."""

from enum import StrEnum


class ResultField(StrEnum):
    """What a result may say beside the person and the office; R6.1-e and the contents of a referral."""

    ORGANISATION = "organisation"
    BIN = "bin"
    WORKPLACE_ADDRESS = "workplace_address"
    CONTACT_PERSON = "contact_person"
    OCCUPATION = "occupation"
    COURSE = "course"
    START_ON = "start_on"
    DURATION = "duration"
    WAGE = "wage"
    STIPEND = "stipend"
    WORK_HOURS = "work_hours"
    GUIDANCE_GIVEN = "guidance_given"
    RECOMMENDATION = "recommendation"

    @property
    def text_key(self) -> str:
        return "bin" if self is ResultField.BIN else f"label.{self}"


class TrainingKind(StrEnum):
    """Which of the three a referral of kind 3 is for (R6.1-c)."""

    TRAINING = "training"
    RETRAINING = "retraining"
    ADVANCED = "advanced"

    @property
    def text_key(self) -> str:
        return f"kind.VOCATIONAL_TRAINING.{self}"


class ResultKind(StrEnum):
    """The kinds of ¶6, in its order."""

    JOB_PLACEMENT = "JOB_PLACEMENT"
    PUBLIC_WORKS = "PUBLIC_WORKS"
    VOCATIONAL_TRAINING = "VOCATIONAL_TRAINING"
    SOCIAL_WORKPLACE = "SOCIAL_WORKPLACE"
    YOUTH_PRACTICE = "YOUTH_PRACTICE"
    CAREER_GUIDANCE = "CAREER_GUIDANCE"

    @property
    def number(self) -> int:
        """The number of the kind in ¶6, from 1 to 6 (R6.1-a)."""
        return list(ResultKind).index(self) + 1

    @property
    def paragraph(self) -> str:
        """The item of ¶6 that names it: "6.1" to "6.6"."""
        return f"6.{self.number}"

    @property
    def text_key(self) -> str:
        return f"kind.{self}"

    @property
    def short_key(self) -> str:
        """Key of the short name for choices and tables."""
        return f"kind.{self}.short"

    @property
    def explanation_key(self) -> str:
        """Key of the sentence that tells a person what the kind is."""
        return f"kind.{self}.text"

    @property
    def title_key(self) -> str:
        """Key of the title on the paper."""
        return f"paper.referral.title.{self}"

    @property
    def is_referral(self) -> bool:
        """Whether somebody is sent somewhere; kind 6 is a service with a record of its own (A9)."""
        return self is not ResultKind.CAREER_GUIDANCE

    @property
    def needs_training_kind(self) -> bool:
        return self is ResultKind.VOCATIONAL_TRAINING

    def field_key(self, field: ResultField) -> str:
        """Key of a field's name in a result of this kind: a course is held somewhere, work is done somewhere."""
        if self.needs_training_kind and field is ResultField.WORKPLACE_ADDRESS:
            return "label.course_address"
        return field.text_key

    @property
    def required(self) -> tuple[ResultField, ...]:
        """What must be filled in before the head can sign (R6.1-d, R6.1-e)."""
        return _REQUIRED[self]

    @property
    def optional(self) -> tuple[ResultField, ...]:
        """What may be filled in."""
        return _OPTIONAL[self]


_WORK = (
    ResultField.ORGANISATION,
    ResultField.BIN,
    ResultField.WORKPLACE_ADDRESS,
    ResultField.OCCUPATION,
)
_WORK_MORE = (
    ResultField.START_ON,
    ResultField.DURATION,
    ResultField.WAGE,
    ResultField.WORK_HOURS,
    ResultField.CONTACT_PERSON,
)
_COURSE = (
    ResultField.ORGANISATION,
    ResultField.BIN,
    ResultField.WORKPLACE_ADDRESS,
    ResultField.COURSE,
)
_COURSE_MORE = (
    ResultField.START_ON,
    ResultField.DURATION,
    ResultField.STIPEND,
    ResultField.WORK_HOURS,
    ResultField.CONTACT_PERSON,
)
_REQUIRED = {
    ResultKind.JOB_PLACEMENT: _WORK,
    ResultKind.PUBLIC_WORKS: _WORK,
    ResultKind.VOCATIONAL_TRAINING: _COURSE,
    ResultKind.SOCIAL_WORKPLACE: _WORK,
    ResultKind.YOUTH_PRACTICE: _WORK,
    ResultKind.CAREER_GUIDANCE: (ResultField.GUIDANCE_GIVEN,),
}
_OPTIONAL = {
    ResultKind.JOB_PLACEMENT: _WORK_MORE,
    ResultKind.PUBLIC_WORKS: _WORK_MORE,
    ResultKind.VOCATIONAL_TRAINING: _COURSE_MORE,
    ResultKind.SOCIAL_WORKPLACE: _WORK_MORE,
    ResultKind.YOUTH_PRACTICE: _WORK_MORE,
    ResultKind.CAREER_GUIDANCE: (ResultField.RECOMMENDATION,),
}
