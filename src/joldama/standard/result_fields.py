"""What a result may say beside the person and the office, who receives him, and what he is given."""

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


class Receiver(StrEnum):
    """To whom a kind of result sends the person (R6.1-d, R6.1-e)."""

    EMPLOYER = "employer"
    TRAINING_ORGANISATION = "training_organisation"
    NOBODY = "nobody"

    @property
    def text_key(self) -> str:
        return "receiver.nobody" if self is Receiver.NOBODY else f"role.{self}"


class ResultDocument(StrEnum):
    """What the person is given: a referral with a return slip, or a record of guidance without one (A9)."""

    REFERRAL = "referral"
    RECORD = "record"

    @property
    def text_key(self) -> str:
        return f"result_document.{self}"
