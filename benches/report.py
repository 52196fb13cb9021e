"""Writes into BENCHMARKS.md: sections between markers, the machine, tables and bar charts."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

BENCHES = pathlib.Path(__file__).parent
ROOT = BENCHES.parent
BENCHMARKS = ROOT / "BENCHMARKS.md"


def replace_section(name, text):
    """Replaces the text between the markers of this name."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    document = BENCHMARKS.read_text()
    assert pattern.search(document), f"BENCHMARKS.md has no {begin} … {end}"
    BENCHMARKS.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document))


def table(header, rows):
    """A Markdown table; the first column is text, the others are figures."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def goals(rows):
    """A table of (what, "at least" or "at most", limit, measured)."""
    met = lambda bound, limit, value: value >= limit if bound == "at least" else value <= limit
    lines = [
        [what, f"{bound} {limit:g}", f"{value:.2f}", "yes" if met(bound, limit, value) else "**no**"]
        for what, bound, limit, value in rows
    ]
    return table(["goal", "limit", "measured", "met"], lines)


def machine():
    """When and on what it was measured."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[1]
    return (
        f"{datetime.date.today()}, {model[1] if model else platform.machine()}, {os.cpu_count()} cores, "
        f"{gibibytes:.0f} GiB, {platform.system()} {platform.release()}, {version('rustc')}. "
        f"Load average over five minutes at the end, including the benchmark itself: {load:.1f}."
    )


def version(program):
    return subprocess.run([program, "--version"], check=True, text=True, capture_output=True).stdout.split(" (")[0].strip()


def bars(file, title, groups):
    """An SVG with a bar for each (label, value, text) of each (heading, bars); readable on light and on dark."""
    lines, y = [], 50
    for heading, group in groups:
        lines.append(f'<text class="heading" x="20" y="{y}">{heading}</text>')
        longest = max(value for _, value, _ in group)
        for label, value, text in group:
            y += 24
            width = max(1, 380 * value / longest)
            own = ' class="own"' if label == "genauth" else ' class="other"'
            lines.append(f'<text class="label" x="130" y="{y}">{label}</text>')
            lines.append(f'<rect{own} x="140" y="{y - 12}" width="{width:.1f}" height="15" rx="2"/>')
            lines.append(f'<text x="{146 + width:.1f}" y="{y}">{text}</text>')
        y += 40
    style = """
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-size: 15px; font-weight: 600 } .heading { font-weight: 600 } .label { text-anchor: end }
    .own { fill: #0969da } .other { fill: #8c959f }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .own { fill: #58a6ff } .other { fill: #6e7681 }
    }"""
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {y - 20}" role="img" aria-label="{title}">\n'
        f"<style>{style}\n</style>\n" + f'<text class="title" x="20" y="24">{title}</text>\n' + "\n".join(lines) + "\n</svg>\n"
    )
