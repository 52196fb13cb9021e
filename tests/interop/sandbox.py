"""Runs a sandbox in the background."""

import contextlib
import signal
import subprocess


@contextlib.contextmanager
def running(command):
    """The variables that the sandbox started by `command` prints: its URLs and credentials."""
    sandbox = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        variables = {}
        while "GENAUTH_ACCESS_KEY_SECRET" not in variables:
            name, _, value = sandbox.stdout.readline().strip().partition("=")
            assert name, "the sandbox ended, or printed no secret"
            variables[name] = value
        yield variables
    finally:
        sandbox.send_signal(signal.SIGINT)
        sandbox.wait()
