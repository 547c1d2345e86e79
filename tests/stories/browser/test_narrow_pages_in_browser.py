"""Every page on a desk at a zoom of 400 %: nothing beyond the edge.

In Russian; in English, whose words are the shortest, in the long form.
"""

import pytest

from tests.stories.browser.looking import NARROW, ONCE_EACH, faults, go, keep_pictures

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ru", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize(("stop", "role"), ONCE_EACH)
def test_the_page_fits_a_narrow_screen(stop, role, language, visits, scene):
    walker = visits(role, language)

    go(walker, stop, scene, NARROW)
    found = faults(walker, NARROW)
    keep_pictures(walker, stop, role, scene)

    assert found == []
