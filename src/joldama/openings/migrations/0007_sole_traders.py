from django.db import migrations, models
from django.db.models import Q

import joldama.vault.fields


class Migration(migrations.Migration):
    dependencies = [("openings", "0006_tables_taken_back")]

    operations = [
        migrations.AlterField("organisation", "bin", models.CharField(max_length=12, null=True, unique=True)),
        migrations.AddField("organisation", "iin", joldama.vault.fields.SealedText(null=True)),
        migrations.AddField(
            "organisation", "iin_index", joldama.vault.fields.BlindIndex(max_length=32, null=True, unique=True)
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=Q(bin__isnull=False, iin=None, iin_index=None)
                | Q(bin=None, iin__isnull=False, iin_index__isnull=False),
                name="organisation_known_by_one_number",
            ),
        ),
    ]
