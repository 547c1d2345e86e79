"""What a page asks NCALayer: as real programs were asked, whose exchanges were recorded."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.stories.browser import ncalayer as mock

from joldama.ui.ncalayer import Signer, sign_request

_RECORDED = "ncalayer/ncalayer_js_client_test_data.json"


def recorded() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Give the recorded requests to sign CMS with the basics module, and what came back."""
    folder = os.environ.get("JOLDAMA_VECTORS")
    if not folder:
        pytest.skip("the recorded exchanges are in the folder of JOLDAMA_VECTORS")
    pairs = [
        (json.loads(one["request"]), json.loads(one["response"]))
        for one in json.loads((Path(folder) / _RECORDED).read_text(encoding="utf-8"))
    ]
    return [(asked, said) for asked, said in pairs if asked["module"] == "kz.gov.pki.knca.basics"]


def asked_for(**wishes: Any) -> dict[str, Any]:
    """Give the arguments that a page sends for a recorded document."""
    given = {"language": "ru", "has_timestamp": True, "takes_tests": False, **wishes}
    request = sign_request(given.pop("by", Signer.PERSON), **given)
    return {**request["args"], "data": "MTEK"}


def test_a_request_is_what_a_real_program_was_asked_but_for_whose_key_it_wants() -> None:
    ours = asked_for(by=Signer.OFFICIAL)

    like_ours = [
        {**asked["args"], "allowedStorages": None}
        for asked, _ in recorded()
        if asked["args"]["signerParams"] == {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.2"]}
    ]

    assert ours in like_ours


def test_test_keys_are_asked_for_as_a_real_program_was_asked_for_them() -> None:
    ours = asked_for(takes_tests=True)

    like_ours = [asked["args"] for asked, _ in recorded() if "chain" in asked["args"]["signerParams"]]

    assert ours["signerParams"]["chain"] == like_ours[0]["signerParams"]["chain"] == []
    assert ours["signingParams"] == like_ours[0]["signingParams"]


def test_the_request_is_complete() -> None:
    assert sign_request(Signer.PERSON, language="kk", has_timestamp=False, takes_tests=False) == {
        "module": "kz.gov.pki.knca.basics",
        "method": "sign",
        "args": {
            "allowedStorages": None,
            "format": "cms",
            "signingParams": {"decode": True, "encapsulate": True, "digested": False},
            "signerParams": {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"]},
            "locale": "kk",
        },
    }


def test_the_stories_program_speaks_in_the_shapes_that_were_recorded() -> None:
    shapes = [shape(said) for _, said in recorded()]

    for spoken in (mock.signed("-----BEGIN CMS-----"), mock.CANCELLED, mock.INVOCATION_ERROR):
        assert shape(spoken) in shapes
    assert shape(mock.signed_in_a_list("", "", "")) in shapes
    assert shape({"body": {"answer": ""}, "status": True}) not in shapes


def shape(value: object) -> object:
    """Give what a message is made of: names and kinds, no values."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__
