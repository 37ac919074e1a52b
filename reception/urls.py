"""The roof's addresses: the only module that, with `home`, sees both wings."""

from django.contrib import admin
from django.urls import include, path

from reception.home.views_sign import admin_door

admin.site.site_header = "迎候 管理后台"
admin.site.site_title = "迎候"
admin.site.index_title = "管理后台"
admin.site.enable_nav_sidebar = True

urlpatterns = [
    path("", include("reception.home.urls")),
    path("admin/login/", admin_door),
    path("admin/", admin.site.urls),
    path("board/", include("reception.home.board.urls")),
    path("clocks/", include("reception.core.clock.urls")),
    path("files/", include("reception.core.files.urls")),
    path("exports/", include("reception.core.exports.urls")),
    path("documents/", include("reception.core.documents.urls")),
    path("visits/", include("visits.urls")),
    path("desk/", include("helpdesk.desk_urls")),
    path("helpdesk/", include("helpdesk.urls")),
]
handler400 = "reception.home.views.bad_request"
handler403 = "reception.home.views.forbidden"
handler404 = "reception.home.views.not_found"
handler500 = "reception.home.views.server_error"
