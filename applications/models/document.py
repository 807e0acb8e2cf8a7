"""Private files with their versions, and which version went to which application."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from applications.choices import DocumentKind
from applications.models.application import Application
from applications.models.base import OfApplication, OfStudent
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class Document(models.Model):
    """One document of a student, such as their CV; its files are the versions."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind, default=DocumentKind.CV)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OfStudent["Document"]] = OfStudent["Document"].as_manager()  # type: ignore[assignment]

    class Meta:
        """A name is used once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["student", "name"],
                name="document_named_once",
                violation_error_message="You have a document of this name. Add a version to it, or use another name.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class VersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Versions, by owner."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own documents."""
        return self.filter(document__student=user)


class DocumentVersion(models.Model):
    """One file as it was uploaded; it is never changed, only followed by the next version."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # A random name below MEDIA_ROOT, outside of what the web server sees; what the person called it is text only.
    stored_as = models.CharField(max_length=80, unique=True, editable=False)
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField("what changed", max_length=200, blank=True)
    uploaded_at = models.DateTimeField()

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Versions are counted within their document."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number"),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return f"version {self.number}"


class SentDocument(models.Model):
    """Which version went where: one file that was sent with one application."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sent_documents")
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="sent")
    on = SensibleDateField("sent on")

    objects: ClassVar[OfApplication["SentDocument"]] = OfApplication["SentDocument"].as_manager()  # type: ignore[assignment]

    class Meta:
        """A version goes to an application once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "version"], name="document_sent_once"),
        ]

    def __str__(self) -> str:
        """Show the day."""
        return f"sent on {self.on}"
