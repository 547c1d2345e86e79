from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_what_was_signed_stays'),
    ]

    operations = [
        migrations.AddField(
            model_name='sealedpaper',
            name='lasts_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='sealedpaper',
            index=models.Index(condition=models.Q(('proved_at__isnull', False)), fields=['lasts_until'], name='papers_to_renew'),
        ),
    ]
