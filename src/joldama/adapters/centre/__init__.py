"""Asks the services of the certification centre over HTTP: revocation lists, OCSP, time stamps."""
