"""What the extension may do, as its manifest says it: nothing until it is pressed."""

import json

from tracker.bookmark import LONGEST
from tracker.stack.home import ROOT

EXTENSION = ROOT / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text())


def test_it_asks_for_three_permissions_and_for_no_site():
    assert (MANIFEST["manifest_version"], MANIFEST["permissions"]) == (3, ["activeTab", "scripting", "storage"])
    asked = {name for name in MANIFEST if "permission" in name or "script" in name or "externally" in name}
    assert asked == {"permissions", "description"}


def test_all_its_files_are_there_and_its_icon_is_ours():
    named = [MANIFEST["background"]["service_worker"], MANIFEST["options_ui"]["page"], *MANIFEST["icons"].values()]
    assert [name for name in named if not (EXTENSION / name).is_file()] == []
    assert (EXTENSION / "icon.png").read_bytes() == (ROOT / "assets" / "icons" / "waymark-192.png").read_bytes()


def test_it_fills_an_address_as_far_as_the_bookmark_does():
    assert f"const LONGEST = {LONGEST};" in (EXTENSION / "background.js").read_text()


def test_it_runs_no_text_as_code_and_calls_nobody():
    code = "\n".join(path.read_text() for path in EXTENSION.glob("*.js"))
    assert [
        word for word in ("eval(", "Function(", "innerHTML", "fetch(", "XMLHttpRequest", "import(") if word in code
    ] == []
