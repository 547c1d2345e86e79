"""Who looks at pages: the roles of the scene, by what they have in common."""

PERSON = ("person",)
SPECIALIST = ("specialist",)
SIGNER = ("head", "deputy")
ADMINISTRATOR = ("administrator",)
COUNTER = (*SPECIALIST, *SIGNER)
HELPDESK = ("reference_service", "operator_1414")
CHANCERY = ("chancery", *COUNTER)
OTHER_BODIES = ("akim", "quality_official")
