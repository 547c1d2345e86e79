"""What clerks of a virtual day type of each kind of referral (¶6 1))."""

from joldama.standard.kinds import ResultKind

_ALTHOUGH = {"although": "Жұмыссыздарды есепке алу журналына бүгін жазылды."}
_WORK = {
    **_ALTHOUGH,
    "organisation": "«Жол» ЖШС",
    "bin": "140940311897",
    "workplace_address": "Астана қаласы, Сарыарқа даңғылы, 1",
    "occupation": "қоймашы",
}
_COURSE = {
    **_ALTHOUGH,
    "training_kind": "retraining",
    "organisation": "«Білім» колледжі",
    "bin": "140940311897",
    "workplace_address": "Астана қаласы, Абай даңғылы, 5",
    "course": "Электргазбен дәнекерлеуші",
}
_GUIDANCE = {
    "guidance_given": "Кәсіби тест өткізілді, үш мамандық талқыланды",
    "recommendation": "Дәнекерлеуші курсы",
}

TYPED: dict[ResultKind, dict[str, str]] = {
    kind: {
        ResultKind.VOCATIONAL_TRAINING: _COURSE,
        ResultKind.CAREER_GUIDANCE: _GUIDANCE,
    }.get(kind, _WORK)
    for kind in ResultKind
}
