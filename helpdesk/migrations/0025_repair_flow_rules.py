from django.db import migrations, models

from helpdesk.migrations._together import AddConstraints


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0024_repair_flow_data'),
    ]

    operations = [
        AddConstraints(
            model_name='repair',
            constraints=[
                models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('signed_at__isnull', False), _connector='OR'), name='repair_acknowledged_was_handed_over'),
                models.CheckConstraint(condition=models.Q(('returned_at__isnull', True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='repair_returned_says_why'),
                models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('waiting',)), _negated=True), ('repairer__isnull', True), _connector='OR'), name='repair_waiting_is_nobodys'),
                models.CheckConstraint(condition=models.Q(('received_at__isnull', True), ('introduced_at__isnull', False), _connector='OR'), name='repair_received_was_introduced'),
                models.CheckConstraint(condition=models.Q(('hold__in', ['', 'material', 'owner', 'weather', 'contractor'])), name='repair_hold_known'),
                models.CheckConstraint(condition=models.Q(('slip_reason__in', ['', 'material', 'owner', 'later', 'contractor', 'skill', 'hands', 'forgotten', 'other'])), name='repair_slip_reason_known'),
                models.CheckConstraint(condition=models.Q(('explained_at__isnull', True), models.Q(('slip_reason', ''), _negated=True), _connector='OR'), name='repair_explained_says_why'),
                models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='repair_signed_at_by'),
                models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='repair_returned_at_by'),
                models.CheckConstraint(condition=models.Q(models.Q(('introduced_at__isnull', True), ('introduced_by__isnull', True)), models.Q(('introduced_at__isnull', False), ('introduced_by__isnull', False)), _connector='OR'), name='repair_introduced_at_by'),
                models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='repair_received_at_by'),
                models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True)), models.Q(('explained_at__isnull', False), ('explained_by__isnull', False)), _connector='OR'), name='repair_explained_at_by'),
                models.CheckConstraint(condition=models.Q(('dispatched_at__isnull', True), ('arrived_at__isnull', True), ('arrived_at__gte', models.F('dispatched_at')), _connector='OR'), name='repair_arrived_after_dispatched'),
                models.CheckConstraint(condition=models.Q(('handed_at__isnull', True), ('signed_at__isnull', True), ('signed_at__gte', models.F('handed_at')), _connector='OR'), name='repair_signed_after_handed'),
                models.CheckConstraint(condition=models.Q(('introduced_at__isnull', True), ('received_at__isnull', True), ('received_at__gte', models.F('introduced_at')), _connector='OR'), name='repair_received_after_introduced'),
            ],
        ),
    ]
