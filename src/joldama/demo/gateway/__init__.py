"""Stands for the e-government gateway and the register of persons in a demonstration: a local process.

It speaks their messages over HTTP, knows the invented people and no other, and can be told to be silent or
faulty (joldama.demo.gateway.moods). Nothing is signed, so it listens on the loopback only.
"""
