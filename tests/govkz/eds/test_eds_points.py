"""Where a certificate says one can learn of its revocation."""

from dataclasses import replace

import pytest

from govkz.eds import certificates, der, oids, points


def test_a_certificate_of_the_test_contour_names_its_services(vectors):
    file = vectors / "chain-2026/individual_valid_individual_valid.cer"
    certificate = certificates.read(file.read_bytes())

    assert points.responders(certificate) == ("http://test.pki.gov.kz/ocsp/",)
    assert points.lists(certificate) == ("http://test.pki.gov.kz/crl/nca_gost2022_test.crl",)
    assert points.deltas(certificate) == ("http://test.pki.gov.kz/crl/nca_gost2022_d_test.crl",)


def with_extension(town, oid, value):
    certificate = certificates.read(town.person.certificate)
    return replace(certificate, extensions=certificate.extensions | {oid: value})


def point(*addresses):
    names = [der.encode(0x86, address) for address in addresses]
    name = der.encode(0xA0, der.encode(0xA0, *names))
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, name))


def access(method, address):
    described = der.encode(der.SEQUENCE, der.encode_identifier(method), der.encode(0x86, address))
    return der.encode(der.SEQUENCE, described)


@pytest.mark.parametrize(
    ("address", "is_given"),
    [
        (b"http://crl.example/a.crl", True),
        (b"https://crl.example/a.crl", True),
        (b"ldap://crl.example/cn=a", False),
        (b"file:///etc/passwd", False),
        (b"http://crl.example/\r\nHost: x", False),
        (b"http://crl.example/\xff", False),
        (b"http://" + b"a" * points.MAX_ADDRESS_BYTES, False),
    ],
)
def test_only_addresses_that_may_be_called_are_given(town, address, is_given):
    expected = (address.decode("latin-1"),) if is_given else ()

    assert points.lists(with_extension(town, oids.CRL_DISTRIBUTION_POINTS, point(address))) == expected
    assert points.deltas(with_extension(town, oids.FRESHEST_CRL, point(address))) == expected
    assert (
        points.responders(with_extension(town, oids.AUTHORITY_ACCESS, access(oids.OCSP, address))) == expected
    )


def test_another_service_is_no_responder(town):
    certificate = with_extension(
        town, oids.AUTHORITY_ACCESS, access(oids.ISSUER_CERTIFICATES, b"http://ca.example/")
    )

    assert points.responders(certificate) == ()


@pytest.mark.parametrize(
    "value", [b"", b"\x30\x80", b"\x05\x00", b"\x30\x02\x05\x00", b"\x30\x04\x30\x02\xa0\x05"]
)
def test_what_cannot_be_read_names_nothing(town, value):
    for oid, named in (
        (oids.CRL_DISTRIBUTION_POINTS, points.lists),
        (oids.FRESHEST_CRL, points.deltas),
        (oids.AUTHORITY_ACCESS, points.responders),
    ):
        assert named(with_extension(town, oid, value)) == ()
