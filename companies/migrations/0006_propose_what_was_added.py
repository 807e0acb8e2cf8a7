from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def propose(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Let companies that students added before there were proposals wait in the queue as well."""
    company, proposal = (apps.get_model("companies", name) for name in ("Company", "Proposal"))
    added = company.objects.filter(approved_at=None, merged_into=None).exclude(proposed_by=None).order_by("pk")
    for row in added.iterator():
        proposal.objects.create(
            subject="company",
            is_new=True,
            company=row,
            source_url=row.website,
            proposed_by_id=row.proposed_by_id,
            proposed_at=row.created_at,
        )


class Migration(migrations.Migration):
    dependencies = [("companies", "0005_proposals")]

    operations = [migrations.RunPython(propose, migrations.RunPython.noop)]
