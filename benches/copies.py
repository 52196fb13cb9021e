"""Copies of the workspace with a multiple of the OpenAPI document: each further copy of an operation or schema gets a
name of its own, as long as the original's, so that the generated code grows with their number alone."""

import json
import shutil
import subprocess

import report

PARTS = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "openapi", "codegen", "cli", "examples", "tests"]
BENCHES = ["benches/Cargo.toml", "benches/Cargo.lock", "benches/src"]
SCHEMAS = "#/components/schemas/"
# Named by the crate itself, so there is one of it.
SHARED = {"Envelope"}


def copy_crate(folder, times=1):
    """Copies the workspace and its benchmarks, with everything in the OpenAPI document `times` times."""
    for part in [*PARTS, *BENCHES]:
        source, destination = report.ROOT / part, folder / part
        destination.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, destination)
    if times > 1:
        document = multiplied(exported(), times)
        shutil.rmtree(folder / "openapi")
        for part in ["authentication", "shared"]:
            (folder / "openapi" / part).mkdir(parents=True)
        # JSON is YAML.
        (folder / "openapi/authentication/genauth.yaml").write_text(json.dumps(document, ensure_ascii=False))


def exported():
    """The OpenAPI document that the crate is generated from."""
    command = ["cargo", "run", "--quiet", "--example", "openapi"]
    return json.loads(subprocess.run(command, cwd=report.ROOT, check=True, stdout=subprocess.PIPE).stdout)


def multiplied(document, times):
    paths, schemas = dict(document["paths"]), dict(document["components"]["schemas"])
    for letter in "qzj"[: times - 1]:
        for path, item in document["paths"].items():
            add(paths, "/" + lettered(path[1:], letter), renamed(item, letter))
        for name, schema in document["components"]["schemas"].items():
            if name not in SHARED:
                add(schemas, copied(name, letter), renamed(schema, letter))
    return document | {"paths": paths, "components": document["components"] | {"schemas": schemas}}


def add(mapping, name, value):
    assert name not in mapping, f"{name} exists already"
    mapping[name] = value


def copied(name, letter):
    return name if name in SHARED else lettered(name, letter)


def lettered(name, letter):
    """Replaces the second letter by one that no name has there."""
    return name[0] + letter + name[2:]


def renamed(value, letter):
    """The same value with other names for operations, methods and schemas."""
    if isinstance(value, list):
        return [renamed(item, letter) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: renamed(member, letter) for key, member in value.items()}
    if str(value.get("$ref")).startswith(SCHEMAS):
        result["$ref"] = SCHEMAS + copied(value["$ref"].removeprefix(SCHEMAS), letter)
    if isinstance(value.get("operationId"), str):
        result["operationId"] = lettered(value["operationId"], letter)
        for method in result.get("x-genauth-convenience-methods", []):
            method["name"] = lettered(method["name"], letter)
            method.pop("internalUse", None)
        if websocket := result.get("x-genauth-websocket"):
            websocket["method"] = lettered(websocket["method"], letter)
        result.pop("x-genauth-aliases", None)
        result.pop("x-genauth-internal-use", None)
    return result
