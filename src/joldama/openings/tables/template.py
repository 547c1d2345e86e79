"""The empty table people fill in: its headings, and what to write below each."""

from govkz.tables import Sheet, write_workbook
from joldama.openings.tables.columns import TableSort, columns_of
from joldama.standard import words


def workbook(sort: TableSort, language: str) -> bytes:
    """Give the template as a workbook; a second sheet explains the columns."""
    headings = [words.say(column.text_key, language) for column in columns_of(sort)]
    explained = [
        [
            words.say(column.text_key, language),
            words.say("tables.yes" if column.is_required else "tables.no", language),
            words.say(f"{column.text_key}.hint", language),
        ]
        for column in columns_of(sort)
    ]
    asked = [words.say(f"tables.template.{name}", language) for name in ("column", "required", "what")]
    return write_workbook(
        [
            Sheet(words.say(sort.text_key, language), headings, ()),
            Sheet(words.say("tables.template.sheet", language), asked, explained),
        ]
    )
