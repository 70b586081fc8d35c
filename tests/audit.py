"""Lists known vulnerabilities of what is installed, for ``make audit``; never fails a build.

``python -m tests.audit REPORT``. pip-audit says "no known vulnerabilities" also where it could
look nothing up: here that is counted, and said.
"""

import json
import subprocess
import sys
from pathlib import Path

COMMAND = ("-m", "pip_audit", "--skip-editable", "--progress-spinner=off", "--timeout=10")
AT_MOST_S = 600


def audited():
    """What pip-audit found, a record a package, and what it complained of."""
    try:
        ran = subprocess.run(
            [sys.executable, *COMMAND, "--format=json"],
            capture_output=True,
            text=True,
            timeout=AT_MOST_S,
        )
    except subprocess.TimeoutExpired:
        return [], f"no answer within {AT_MOST_S} s"
    try:
        return json.loads(ran.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        return [], (ran.stderr.strip().splitlines() or ["it said nothing"])[-1]


def said(packages, complaint):
    """The lines to print."""
    looked_up = [one for one in packages if "vulns" in one]
    if not looked_up:
        why = complaint or "it knows none of the packages installed"
        return [f"NOT AUDITED: the vulnerability database cannot be reached ({why})."]
    lines = [
        f"{one['name']} {one['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no release yet'}"
        for one in looked_up
        for found in one["vulns"]
    ]
    lines.append(f"{len(looked_up)} packages looked up, {len(lines)} known vulnerabilities.")
    if len(packages) > len(looked_up):
        missing = ", ".join(one["name"] for one in packages if "vulns" not in one)
        lines.append(f"NOT AUDITED, unknown to the database: {missing}")
    return lines


def main(report):
    packages, complaint = audited()
    lines = said(packages, complaint)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps({"said": lines, "packages": packages}, indent=1), "utf-8")
    sys.stdout.write("\n".join([*lines, f"The report is in {report}.", ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
