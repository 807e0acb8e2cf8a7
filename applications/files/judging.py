"""Judges one file by its name and content, and returns what kind it is."""

from applications.files.kinds import KINDS, PDF, TAKEN, TEXT, FileKind, TooLargeError, refusal
from applications.files.names import ending_of, usable_name
from applications.files.office import judge_office
from applications.files.pdf import judge_pdf
from applications.files.text import judge_text

_WHY_NOT = {
    "html htm xhtml svg xml mht": "Web pages and drawings can hold scripts, so they are not kept here.",
    "docm dotm pptm potm ppsm xlsm": "This kind of Office file may hold macros. Save it without them, or as PDF.",
    "doc ppt rtf odt odp pages key": "Files of this program are not kept here. Save it as PDF.",
    "xlsx xls ods csv tsv": "Tables are not kept here. Save it as PDF.",
    "zip rar 7z tar gz": "Archives are not kept here. Upload the documents one by one.",
    "exe msi bat cmd com scr js vbs ps1 sh jar lnk": "Programs are not kept here.",
    "png jpg jpeg gif bmp tif tiff heic webp": "Pictures are not kept here. Save it as PDF.",
}
_REASONS = {ending: sentence for endings, sentence in _WHY_NOT.items() for ending in endings.split()}


def judge(name: str, content: bytes, *, most: int) -> tuple[str, FileKind]:
    """Return the name to keep and the kind of a file, or refuse it; `most` bytes are taken."""
    if len(content) > most:
        raise TooLargeError(f"The file is larger than {most // 1024**2} MB.", field="file")
    name = usable_name(name)
    kind = _kind(ending_of(name))
    if not content:
        raise refusal("The file is empty.")
    if kind is PDF:
        judge_pdf(content)
    elif kind is TEXT:
        judge_text(content)
    else:
        judge_office(content, kind)
    return name, kind


def _kind(ending: str) -> FileKind:
    kind = KINDS.get(ending)
    if kind is None:
        reason = _REASONS.get(ending, "")
        raise refusal(f"{reason} Waymark keeps {TAKEN}.".strip())
    return kind
