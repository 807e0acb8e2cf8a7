"""Archives as tests look into them and make them up."""

import io
import json
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile


def unzipped(content):
    """Return name -> content of a zip, with JSON read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return {name: json.loads(data) if name.endswith(".json") else data for name, data in files.items()}


def zipped(files):
    """Return a zip of name -> bytes, or anything that JSON writes."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data if isinstance(data, bytes | str) else json.dumps(data))
    return to.getvalue()


def upload(content, name="waymark.zip"):
    """Return an upload as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/zip")
