

import django.db.models.deletion
import joldama.vault.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_longer_hours'),
        ('signatures', '0003_services'),
    ]

    operations = [
        migrations.CreateModel(
            name='RemoteMiss',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('made_from', joldama.vault.fields.BlindIndex(max_length=32)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['made_from', 'at'], name='remote_miss_from')],
            },
        ),
        migrations.CreateModel(
            name='RemoteSigning',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('application', 'Application'), ('sign-in', 'Sign In'), ('decision', 'Decision'), ('complaint', 'Complaint')], max_length=12)),
                ('subject', models.UUIDField(null=True)),
                ('document', joldama.vault.fields.SealedField(null=True)),
                ('number', models.PositiveSmallIntegerField(null=True)),
                ('language', models.CharField(max_length=2)),
                ('token_index', joldama.vault.fields.BlindIndex(max_length=32, unique=True)),
                ('session_index', joldama.vault.fields.BlindIndex(max_length=32)),
                ('made_from', joldama.vault.fields.BlindIndex(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('opened', 'Opened'), ('signed', 'Signed'), ('cancelled', 'Cancelled'), ('expired', 'Expired')], default='waiting', max_length=9)),
                ('opened_from', joldama.vault.fields.BlindIndex(max_length=32, null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(choices=[('person', 'Person'), ('other_address', 'Other Address'), ('replaced', 'Replaced'), ('changed', 'Changed'), ('too_many', 'Too Many')], max_length=13, null=True)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.CharField(default='', max_length=60)),
                ('answer_index', joldama.vault.fields.BlindIndex(max_length=32, null=True)),
                ('cms', joldama.vault.fields.SealedField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('result', models.UUIDField(null=True)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'indexes': [models.Index(fields=['session_index'], name='remote_of_session'), models.Index(fields=['made_from', 'made_at'], name='remote_made_from'), models.Index(condition=models.Q(('state__in', ('waiting', 'opened'))), fields=['expires_at'], name='remote_open_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('person', None), ('purpose', 'sign-in'), ('staff', None), ('subject', None)), models.Q(('number', None), ('person__isnull', False), ('purpose__in', ('application', 'complaint')), ('staff', None), ('subject__isnull', False)), models.Q(('number', None), ('person', None), ('purpose', 'decision'), ('staff__isnull', False), ('subject__isnull', False)), _connector='OR'), name='remote_whose_signature'), models.CheckConstraint(condition=models.Q(('number', None), models.Q(('number__gte', 10), ('number__lte', 99)), _connector='OR'), name='remote_number_two_digits'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_from', None)), models.Q(('opened_at__isnull', False), ('opened_from__isnull', False)), _connector='OR'), name='remote_opened_from_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('opened_at', None), ('state', 'waiting')), models.Q(('ended_at', None), ('opened_at__isnull', False), ('state', 'opened')), models.Q(('ended_at__isnull', False), ('opened_at__isnull', False), ('state', 'signed')), models.Q(('ended_at__isnull', False), ('state__in', ('cancelled', 'expired'))), _connector='OR'), name='remote_state_and_moments'), models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('state__in', ('waiting', 'opened'))), models.Q(('cms__isnull', False), ('document__isnull', False), ('state', 'signed')), models.Q(models.Q(('state__in', ('waiting', 'opened')), _negated=True), ('cms', None), ('document', None)), _connector='OR'), name='remote_document_while_open'), models.CheckConstraint(condition=models.Q(models.Q(('ended_why__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('ended_why', None)), _connector='OR'), name='remote_cancelled_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answer_index__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('answer_index', None), ('cms', None), ('result', None), ('taken_at', None)), _connector='OR'), name='remote_signed_by_an_answer'), models.CheckConstraint(condition=models.Q(('purpose', 'sign-in'), models.Q(('cms', None), ('taken_at', None)), _connector='OR'), name='remote_only_a_sign_in_is_taken')],
            },
        ),
    ]
