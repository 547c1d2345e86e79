"""A person's name inside a paper."""

from lxml import etree

from joldama.standard.names import PersonName
from joldama.standard.papers.xml import Reading, Sheet


def write_name(sheet: Sheet, name: PersonName, *, to: etree._Element) -> None:
    """Add surname, given name and patronymic; a part that is missing is left out."""
    sheet.add("surname", name.surname, to=to)
    sheet.add("given-name", name.given_name, to=to)
    sheet.add("patronymic", name.patronymic, to=to)


def read_name(reading: Reading, path: str) -> PersonName:
    """Read the name below a path."""
    return PersonName(
        surname=reading.text(f"{path}/surname"),
        given_name=reading.text(f"{path}/given-name"),
        patronymic=reading.text(f"{path}/patronymic"),
    )
