import django.db.models.deletion
from django.db import migrations, models

import joldama.vault.fields

# A blank itself says that it is used: who voids it looks at one row, not at every table.
USED = """
UPDATE cases_paperblank SET used_at = entered_at, used_by_id = entered_by_id
FROM cases_application WHERE cases_application.blank_id = cases_paperblank.id;
UPDATE cases_paperblank SET void_act_on = voided_at::date WHERE voided_at IS NOT NULL;
"""


def _staff() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_refused_and_corrected_by_court"), ("people", "0002_bodies")]
    operations = [
        migrations.AddField(
            "paperblank",
            "kind",
            models.CharField(
                choices=[("PACKAGE", "PACKAGE"), ("NOTE", "NOTE"), ("LINE", "LINE")],
                default="PACKAGE",
                max_length=7,
            ),
        ),
        migrations.AddField(
            "paperblank",
            "place",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.place"
            ),
        ),
        migrations.AddField("paperblank", "used_at", models.DateTimeField(null=True)),
        migrations.AddField("paperblank", "used_by", _staff()),
        migrations.AddField("paperblank", "remark", joldama.vault.fields.SealedText(null=True)),
        migrations.AddField("paperblank", "void_act_on", models.DateField(null=True)),
        migrations.AddField("nonacceptance", "entered_at", models.DateTimeField(null=True)),
        migrations.AddField("nonacceptance", "entered_by", _staff()),
        migrations.AddField(
            "nonacceptance",
            "blank",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="note",
                to="cases.paperblank",
            ),
        ),
        migrations.RunSQL(USED, migrations.RunSQL.noop),
    ]
