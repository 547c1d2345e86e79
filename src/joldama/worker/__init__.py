"""Runs the errands: fetch, call one procedure, end. Tasks carry ids and may run twice."""
