"""PKCS#12: what openssl writes we open and the other way round; bad files and passwords have their own reasons."""

import os
import time

import pytest
from tests.govkz.eds.town import AISHA

from govkz.eds import Malformed, certificates, der, kinds, pkcs12, rc2
from govkz.eds.armour import TooLarge, armour
from govkz.eds.kinds import Kind
from govkz.eds.passwords import MAX_ROUNDS, Password, Stretch, WrongPassword
from govkz.eds.pkcs12 import Form

PASSWORD = "Құпия-1"
FORMS = pytest.mark.parametrize("form", Form, ids=lambda form: form.name)


@pytest.fixture
def files(town, tmp_path):
    """Lay a person's key, certificate and the CA where openssl runs."""
    (tmp_path / "person.key").write_bytes(town.person.key_pem)
    (tmp_path / "person.pem").write_bytes(town.person.certificate_pem)
    (tmp_path / "ca.pem").write_bytes(town.authority.issuing.certificate_pem)
    return tmp_path


def made(town, form=Form.HELD, **options):
    return pkcs12.write(town.person.key, town.person.certificate, password=PASSWORD, form=form, **options)


@FORMS
def test_what_we_make_we_open(town, form):
    store = pkcs12.read(made(town, form, others=[town.authority.issuing.certificate]), PASSWORD)

    assert store == pkcs12.KeyStore(
        private_key=town.person.key.pkcs8,
        certificate=town.person.certificate,
        certificates=(town.person.certificate, town.authority.issuing.certificate),
        name=certificates.read(town.person.certificate).key_identifier.hex(),
    )
    assert store.key.public_info == town.person.key.public_info


@FORMS
def test_openssl_opens_what_we_make(town, openssl, files, form):
    (files / "made.p12").write_bytes(made(town, form, name="Aisha"))

    done = openssl("pkcs12", "-legacy", "-in", "made.p12", "-passin", f"pass:{PASSWORD}", "-noenc")

    assert done.returncode == 0, done.stderr.decode()
    assert town.person.certificate_pem.strip() in done.stdout
    assert town.person.key_pem.strip() in done.stdout
    assert "friendlyName: Aisha" in done.stdout.decode()


@FORMS
@pytest.mark.parametrize("who", ["gost_person", "gost_256"])
def test_a_national_key_is_kept_and_found_with_its_certificate(town, form, who):
    person = getattr(town, who)

    store = pkcs12.read(person.p12(password=PASSWORD, form=form), PASSWORD)

    assert (store.private_key, store.certificate) == (person.key.pkcs8, person.certificate)
    assert store.key.public_info == person.key.public_info


@FORMS
def test_openssl_reads_the_certificate_beside_a_national_key(town, openssl, files, form):
    (files / "made.p12").write_bytes(town.gost_person.p12(password=PASSWORD, form=form))

    done = openssl("pkcs12", "-legacy", "-in", "made.p12", "-passin", f"pass:{PASSWORD}", "-nokeys", "-info")

    assert done.returncode == 0, done.stderr.decode()
    assert town.gost_person.certificate_pem.strip() in done.stdout
    assert b"MAC: sha" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("-legacy",),
        ("-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES", "-iter", "1024"),
        ("-legacy", "-certpbe", "PBE-SHA1-RC2-128"),
        ("-legacy", "-descert"),
        ("-macalg", "sha1"),
        ("-macalg", "sha512"),
        ("-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC"),
        ("-keypbe", "NONE", "-certpbe", "NONE"),
        ("-nomac",),
        ("-certfile", "ca.pem"),
        (),
    ],
    ids=lambda options: " ".join(options) or "modern",
)
def test_we_open_what_openssl_makes(town, openssl, files, options):
    done = openssl(
        *("pkcs12", "-export", "-inkey", "person.key", "-in", "person.pem", "-out", "theirs.p12"),
        *("-passout", f"pass:{PASSWORD}", *options),
    )
    assert done.returncode == 0, done.stderr.decode()

    store = pkcs12.read((files / "theirs.p12").read_bytes(), PASSWORD)

    assert (store.private_key, store.certificate) == (town.person.key.pkcs8, town.person.certificate)
    assert store.certificates[0] == town.person.certificate


@pytest.mark.parametrize("mac", [(), ("-nomac",)], ids=["mac", "nomac"])
@pytest.mark.parametrize("wrong", ["", "құпия-1", PASSWORD + " "])
def test_a_wrong_password_has_its_own_reason(town, openssl, files, mac, wrong):
    openssl(
        *("pkcs12", "-export", "-inkey", "person.key", "-in", "person.pem", "-out", "theirs.p12"),
        *("-passout", f"pass:{PASSWORD}", *mac),
    )

    with pytest.raises(WrongPassword):
        pkcs12.read((files / "theirs.p12").read_bytes(), wrong)


def test_without_a_mac_no_wrong_password_opens_by_chance(town, openssl, files):
    openssl(
        *("pkcs12", "-export", "-inkey", "person.key", "-in", "person.pem", "-out", "theirs.p12"),
        *("-passout", f"pass:{PASSWORD}", "-nomac", "-iter", "1"),
    )
    theirs = (files / "theirs.p12").read_bytes()

    for number in range(1000):
        with pytest.raises(WrongPassword):
            pkcs12.read(theirs, str(number))


def test_the_certificate_of_the_key_is_the_one_with_its_public_half(town):
    others = [town.other_person.certificate, town.authority.issuing.certificate]
    bags = pkcs12.write(town.person.key, town.other_person.certificate, password="", others=others)

    assert pkcs12.read(bags, "").certificate is None

    bags = pkcs12.write(
        town.person.key, town.other_person.certificate, password="", others=[town.person.certificate]
    )

    assert pkcs12.read(bags, "").certificate == town.person.certificate


def test_a_file_in_pem_is_opened(town):
    assert pkcs12.read(armour(made(town), label="PKCS12"), PASSWORD).certificate == town.person.certificate


@FORMS
def test_a_file_is_known_by_its_beginning(town, form):
    assert kinds.of(made(town, form)) == kinds.of(armour(made(town, form), label="PKCS12")) == Kind.PKCS12
    assert kinds.of(town.person.certificate) == Kind.CERTIFICATE
    assert kinds.of(town.person.key.pkcs8) == Kind.PRIVATE_KEY


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x30",
        os.urandom(64),
        b"\x30\x80" * 40_000,
        b"\x30\x80\x02\x01\x03" + b"\x30\x80" * 40_000,
        der.encode(der.SEQUENCE, der.encode_number(3), der.encode(der.SEQUENCE)),
        der.encode(der.SEQUENCE, der.encode_number(4), der.encode(der.SEQUENCE)),
    ],
    ids=["empty", "short", "random", "nested", "nested later", "no content", "version"],
)
def test_what_is_no_such_file_is_malformed(broken):
    with pytest.raises(Malformed):
        pkcs12.read(broken, PASSWORD)


def test_a_file_that_is_too_large_is_not_opened(town):
    with pytest.raises(TooLarge):
        pkcs12.read(made(town) + bytes(pkcs12.MAX_BYTES), PASSWORD)


def test_every_truncated_file_is_malformed(town):
    whole = made(town)

    for size in range(0, len(whole), 7):
        with pytest.raises(Malformed):
            pkcs12.read(whole[:size], PASSWORD)


def test_a_file_that_asks_for_endless_stretching_is_refused_at_once(town):
    version, content, mac = der.parse(made(town)).children()
    digest, salt, _rounds = mac.children()
    patient = der.encode(der.SEQUENCE, digest.encoded, salt.encoded, der.encode_number(MAX_ROUNDS + 1))
    endless = der.encode(der.SEQUENCE, version.encoded, content.encoded, patient)
    began = time.monotonic()

    with pytest.raises(Malformed):
        pkcs12.read(endless, PASSWORD)

    assert time.monotonic() - began < 1


def test_stretching_is_bounded_over_the_whole_file():
    secret = Password(PASSWORD, rounds=5_000)
    secret.mac(b"", algorithm="1.3.14.3.2.26", stretch=Stretch(b"salt", 4_000))

    with pytest.raises(Malformed, match="too many rounds"):
        secret.mac(b"", algorithm="1.3.14.3.2.26", stretch=Stretch(b"salt", 4_000))


@pytest.mark.parametrize(
    ("key", "bits", "plain", "sealed"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"),
        ("88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"),
        ("88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"),
        (
            "88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e",
            129,
            "0000000000000000",
            "5b78d3a43dfff1f1",
        ),
    ],
)
def test_the_cipher_gives_the_values_of_rfc_2268(key, bits, plain, sealed):
    key, plain, sealed = (bytes.fromhex(text) for text in (key, plain, sealed))

    assert rc2.encrypt(plain, key=key, iv=bytes(8), bits=bits) == sealed
    assert rc2.decrypt(sealed, key=key, iv=bytes(8), bits=bits) == plain


@pytest.mark.parametrize(
    ("file", "password", "name"),
    [
        ("chain-2026/individual_valid_individual_valid", "Qwerty12", "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"),
        ("chain-2026/individual_revoked_individual_revoked", "Qwerty12", "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"),
        ("chain-2026/legal_valid_employee", "Qwerty12", "ТЕСТТОВ ТЕСТТ ТЕСТТОВИЧ"),
        ("chain-2026/legal_valid_employee_signright", "Qwerty12", "ТЕСТТОВ ТЕСТТ ТЕСТТОВИЧ"),
        ("p12-test/individual_valid_2015", "Aa123456", "ТЕСТТОВ ТЕСТТ ТЕСТТОВИЧ"),
        ("p12-test/ceo_sign_revoked_2004", "Qwerty12", "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"),
        ("p12-test/individual_auth_revoked_2004", "Qwerty12", "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"),
        ("p12-test/individual_valid_sign_2004", "Qwerty12", "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"),
    ],
)
def test_every_published_file_opens_with_its_password_only(vectors, file, password, name):
    blob = (vectors / f"{file}.p12").read_bytes()

    store = pkcs12.read(blob, password)
    holder = certificates.read(store.certificate)

    assert (holder.name, store.name) == (name, holder.key_identifier.hex())
    # The key, in whichever of the two layouts, is the one of the certificate: d·G is its public point.
    assert store.key.public_info == holder.key.encoded
    beside = vectors / f"{file}.cer"
    assert not beside.exists() or beside.read_bytes() == store.certificate
    with pytest.raises(WrongPassword):
        pkcs12.read(blob, password.lower())


def test_no_byte_of_a_published_file_can_change(vectors):
    blob = (vectors / "p12-test/individual_valid_sign_2004.p12").read_bytes()
    original = pkcs12.read(blob, "Qwerty12")

    for place in range(0, len(blob), 11):
        changed = blob[:place] + bytes((blob[place] ^ 0x41,)) + blob[place + 1 :]
        try:
            assert pkcs12.read(changed, "Qwerty12") == original
        except (Malformed, WrongPassword):
            continue


def test_the_person_in_the_file_signs(town):
    store = pkcs12.read(made(town), PASSWORD)

    assert certificates.read(store.certificate).iin == AISHA.iin
    assert store.key.sign(b"content") == town.person.key.sign(b"content")


def test_a_key_and_the_certificate_of_another_are_not_one(town):
    assert pkcs12.are_one(town.person.key, certificates.read(town.person.certificate))
    assert not pkcs12.are_one(town.person.key, certificates.read(town.head.certificate))
    assert not pkcs12.are_one(town.person.key, certificates.read(town.gost_person.certificate))
