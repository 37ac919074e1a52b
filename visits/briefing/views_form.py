"""接待申请表 as a workbook (A9)."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reception.core.ledger import events_of
from reception.core.sheets import MIME
from reception.core.web.loaders import load
from visits.briefing.form_xlsx import TITLE, workbook
from visits.models import Reception
from visits.requests.views_print import paper


@require_safe
def request_xlsx(request: HttpRequest, no: str) -> HttpResponse:
    """接待申请表.xlsx, for whoever may see the reception; others find nothing."""
    reception = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    at, file = timezone.now(), BytesIO()
    workbook(paper(reception, list(events_of(reception)), at), at).save(file)
    response = HttpResponse(file.getvalue(), content_type=MIME)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{TITLE}-{reception.no}.xlsx"
    )
    return response
