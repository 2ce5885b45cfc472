"""Asks a server on this machine everything its OpenAPI description allows, and much that it does not. Nothing may come of it but answers
as described.

The record is the sample record in a folder of its own; the server is started here and stopped by its id. What never ends (server-sent
events) is left out. `--long` asks ten times as much."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

PROGRAM = os.environ["SITREP_PROGRAM"]
HERE = pathlib.Path(__file__).resolve().parent
SCHEMATHESIS = pathlib.Path(sys.executable).with_name("schemathesis")
PAGE = '<html><head><meta name="sitrep-token" content=""></head></html>'


def got(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode("utf-8")


def known(address):
    """Ids that are in the record, so that more is met than "there is no such thing"."""
    claim = json.loads(got(address + "/api/lists/claims?limit=1"))["items"][0]
    document = claim["document"]
    ids = {"claim": {"id": claim["claim_id"]}, "event": {"id": claim["claim_id"]}, "document": {"id": document}}
    ids["compare"] = {"a": document, "b": document}
    text = ""
    for operation, values in ids.items():
        values = ", ".join(f'"{name}" = "{value}"' for name, value in values.items())
        text += f'\n[[operations]]\ninclude-operation-id = "{operation}"\nparameters = {{ {values} }}\n'
    return text


def ask(folder, long):
    record = folder / "demo.sitrep"
    subprocess.run([PROGRAM, "demo", "--no-serve", "-o", record], check=True, capture_output=True)
    (folder / "workbench").mkdir()
    (folder / "workbench" / "index.html").write_text(PAGE, "utf-8")
    with subprocess.Popen(
        [PROGRAM, "serve", record, "--port", "0", "--workbench", folder / "workbench"], stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())[0]
            token = re.search(r'content="([0-9a-f]+)"', got(address + "/"))[1]
            config = folder / "schemathesis.toml"
            config.write_text((HERE / "schemathesis.toml").read_text("utf-8") + known(address), "utf-8")
            command = [SCHEMATHESIS, "--config-file", config, "run", address + "/api/openapi.json", "--workers", "2"]
            command += ["--header", f"X-Sitrep-Token: {token}", "--exclude-operation-id-regex", "^(live|ingestSteps)$"]
            command += ["--max-examples", "150" if long else "8", "--seed", "1", "--request-timeout", "20"]
            command += ["--checks", "all", "--no-color"] + sys.argv[2 if long else 1 :]
            return subprocess.run(command, cwd=folder, check=False).returncode
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(ask(pathlib.Path(folder), sys.argv[1:2] == ["--long"]))
