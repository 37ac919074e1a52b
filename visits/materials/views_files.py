"""The scan of a certificate, the brochure as PDF (A5.2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.files import actions as files
from reception.core.files.uploads import files_of, judged
from reception.core.flow import Refused
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from visits.materials.policies import KEEPERS, check_keeps
from visits.materials.views import rows_of


@require_POST
@require(*KEEPERS)
@judged
@submit_once
def material_files(request: HttpRequest, no: str) -> HttpResponse:
    """Add the chosen files; a refusal keeps none of them."""
    one, at = load(rows_of(), no=no), timezone.now()
    check_keeps(request.user, one.department_id)
    chosen = files_of(request)
    if not chosen:
        raise Refused("missing", "请先选择要上传的文件。")
    for file in chosen:
        if file.refusal or file.found is None:
            raise file.refusal or Refused("invalid", "文件没有传上来，请再选一次。")
        files.attach(one, file.found, role="other", by=request.user, at=at)
    messages.success(request, f"已添加 {len(chosen)} 个附件")
    return redirect(one)
