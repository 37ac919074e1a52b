"""The WSGI entry that gunicorn serves: `reception.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reception.settings")
application = get_wsgi_application()
