"""Verify and make Kazakhstan's electronic signatures without a closed library.

`verify_cms` judges a signed message by what is handed in: trust, revocation lists, the moment, the policy. It
answers passed, indeterminate or failed with reasons, and gives back the content that was really signed. *Not
known* is never *valid*.
"""

from govkz.eds.crls import Crl
from govkz.eds.der import Malformed
from govkz.eds.judgement import Verification
from govkz.eds.keys import GostKey, Obsolete, RsaKey, SigningKey
from govkz.eds.keys import read as read_key
from govkz.eds.ocsp import Ocsp
from govkz.eds.policies import OFFICIAL_ROLES, Policy, any_signer, individual, official, system
from govkz.eds.reports import Reason, Report, Revocation, Role, SignerReport, Status
from govkz.eds.signing import as_pem, sign_cms
from govkz.eds.trust import NothingToTrust, Trust
from govkz.eds.verification import verify_certificate, verify_cms
from govkz.eds.wsse import sign_soap, verify_soap
from govkz.eds.xmldsig import sign_xml, verify_xml

__all__ = [
    "OFFICIAL_ROLES",
    "Crl",
    "GostKey",
    "Malformed",
    "NothingToTrust",
    "Obsolete",
    "Ocsp",
    "Policy",
    "Reason",
    "Report",
    "Revocation",
    "Role",
    "RsaKey",
    "SignerReport",
    "SigningKey",
    "Status",
    "Trust",
    "Verification",
    "any_signer",
    "as_pem",
    "individual",
    "official",
    "read_key",
    "sign_cms",
    "sign_soap",
    "sign_xml",
    "system",
    "verify_certificate",
    "verify_cms",
    "verify_soap",
    "verify_xml",
]
