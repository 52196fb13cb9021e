"""Copies of the crate whose description is longer: each further copy of an operation or schema has a name of its own,
as long as the first one's, so that what is generated grows by their number alone."""

import json
import shutil

import report

PARTS = ["Cargo.toml", "Cargo.lock", "build.rs", "build", "src", "openapi", "examples", "tests"]
SCHEMAS = "#/components/schemas/"
# What the crate itself speaks of: there is one of it.
SHARED = {"Envelope"}


def copy_crate(folder, times=1):
    """The crate, and its benchmarks, with everything in its description so many times."""
    for part in [*PARTS, "benches/Cargo.toml", "benches/Cargo.lock", "benches/src"]:
        source, destination = report.ROOT / part, folder / part
        destination.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, destination)
    if times > 1:
        document = multiplied(bundled(), times)
        shutil.rmtree(folder / "openapi")
        (folder / "openapi").mkdir()
        # JSON is YAML.
        (folder / "openapi/genauth.yaml").write_text(json.dumps(document, ensure_ascii=False))


def bundled():
    outputs = (report.ROOT / "target").glob("*/build/genauth-*/out/openapi.json")
    return json.loads(max(outputs, key=lambda file: file.stat().st_mtime).read_text())


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
    assert name not in mapping, f"{name} is there already"
    mapping[name] = value


def copied(name, letter):
    return name if name in SHARED else lettered(name, letter)


def lettered(name, letter):
    """With a second letter that no name has there."""
    return name[0] + letter + name[2:]


def renamed(value, letter):
    """The same with other names for operations, methods and schemas."""
    if isinstance(value, list):
        return [renamed(item, letter) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: renamed(member, letter) for key, member in value.items()}
    if str(value.get("$ref")).startswith(SCHEMAS):
        result["$ref"] = SCHEMAS + copied(value["$ref"].removeprefix(SCHEMAS), letter)
    if isinstance(value.get("operationId"), str):
        result["operationId"] = lettered(value["operationId"], letter)
        for shortcut in result.get("x-genauth-convenience-methods", []):
            shortcut["name"] = lettered(shortcut["name"], letter)
            shortcut.pop("role", None)
        result.pop("x-genauth-aliases", None)
        result.pop("x-genauth-internal-use", None)
    return result
